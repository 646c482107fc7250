"""The ONNX graph of `attention-cnn` that explains, and what it shares with the one that scans (scan_graph.py).

Both come from one set of weights. `scan` gives the probability alone; `explain` spells attention out and gives all
outputs. The one big layer is stored once, in half precision, in a file that both refer to.
"""

import numpy as np

from common.onnx_writer import Graph, SharedWeights

from .model import CHANNELS, HEADS, TOKENS, WINDOW

WIDTH = CHANNELS // HEADS


def weights_of(model) -> dict:
    """float32 arrays by name, laid out as the graphs multiply: x @ w."""
    state = {k: v.detach().cpu().numpy().astype(np.float32) for k, v in model.state_dict().items()}
    q, k, v = np.split(state["attention.in_proj_weight"], 3)
    return {
        "conv1.weight": state["conv1.weight"],
        "conv1.bias": state["conv1.bias"],
        "conv2.weight": state["conv2.weight"],
        "conv2.bias": state["conv2.bias"],
        "query.weight": q.T,
        "key.weight": k.T,
        "value.weight": v.T,
        "attention.bias": state["attention.in_proj_bias"],
        "out.weight": state["attention.out_proj.weight"].T,
        "out.bias": state["attention.out_proj.bias"],
        "fc1.weight": state["fc1.weight"].T.astype(np.float16),
        "fc1.bias": state["fc1.bias"],
        "fc2.weight": state["fc2.weight"].T,
        "fc2.bias": state["fc2.bias"],
    }


def convolve(g: Graph, w: dict, segments: str, rows: int) -> str:
    """[rows, 1, 3600] samples (0: as many rows as there are) to [rows, 64, 1, 900], a column for each token."""

    def c(key):
        return g.constant(key, w[key])

    # One row high: the runtime has its fast, blocked kernels for images only; they take half the time.
    g.constant("image.shape", np.array([rows, 1, 1, WINDOW], dtype=np.int64))
    g.node("Reshape", [segments, "image.shape"], "image")
    for i, source in ((1, "image"), (2, "pool1")):
        g.constant(f"conv{i}.weight", w[f"conv{i}.weight"][:, :, None])
        g.node(
            "Conv",
            [source, f"conv{i}.weight", c(f"conv{i}.bias")],
            f"conv{i}",
            kernel_shape=[1, 5],
            pads=[0, 2, 0, 2],
        )
        g.node("Relu", [f"conv{i}"], f"relu{i}")
        g.node("MaxPool", [f"relu{i}"], f"pool{i}", kernel_shape=[1, 2], strides=[1, 2])
    return "pool2"


def large_layer(g: Graph, w: dict, shared: SharedWeights) -> str:
    """The weights that are stored in half precision, as numbers to calculate with."""
    g.constant("fc1.half", w["fc1.weight"], shared)
    return g.node("Cast", ["fc1.half"], "fc1.weight", to=1)


def decide(g: Graph, w: dict, flat: str, bias: np.ndarray) -> None:
    """From [B, 57600] to the probability [B, 2]. bias: of the large layer."""
    g.node("Gemm", [flat, "fc1.weight", g.constant("fc1.bias", bias)], "hidden.before")
    g.node("Relu", ["hidden.before"], "hidden")
    last = [g.constant(key, w[key]) for key in ("fc2.weight", "fc2.bias")]
    g.node("Gemm", ["hidden", *last], "logits")
    g.node("Softmax", ["logits"], "probability", axis=1)
    g.output("probability", ["B", 2])


def _project(g: Graph, w: dict, shared: SharedWeights) -> None:
    """Segments to queries, keys and values [B, 900, 64], without their biases."""
    pooled = convolve(g, w, g.input("segments", ["B", 1, WINDOW]), 0)
    g.constant("features.shape", np.array([0, CHANNELS, TOKENS], dtype=np.int64))
    g.node("Reshape", [pooled, "features.shape"], "features")
    g.node("Transpose", ["features"], "tokens", perm=[0, 2, 1])
    for part in ("query", "key", "value"):
        key = f"{part}.weight"
        g.node("MatMul", ["tokens", g.constant(key, w[key])], part)
    large_layer(g, w, shared)


def explain_graph(w: dict, shared: SharedWeights) -> Graph:
    """segments [B, 1, 3600] to probability, attention, evidence, bias and margin.

    attention [B, 8, 900]: what each token receives, averaged over the queries; each head sums to 1.
    evidence [B, 900] and bias [B]: with the attention weights and the pattern of the hidden ReLU held, the
    network after the value projection is linear, so margin = logit(Abnormal) - logit(Normal) = bias + the
    sum of evidence. A token's evidence is what its own value (the projection without its bias) adds; every
    constant is in bias. Derivation: with r the ReLU pattern and d = fc2[Abnormal] - fc2[Normal],
    G = fc1 (r d) is the margin's slope at each attended token, U_h = G out_h the slope at the context of
    head h, and evidence_k = sum over h, q of A_h[q, k] U_h[q] . v_h[k].
    """
    g = Graph("attention-cnn explain")

    def c(key):
        return g.constant(key, w[key])

    _project(g, w, shared)
    biases = dict(zip(("query", "key", "value"), np.split(w["attention.bias"], 3)))
    g.constant("heads.shape", np.array([0, TOKENS, HEADS, WIDTH], dtype=np.int64))
    g.constant("joined.shape", np.array([0, TOKENS, CHANNELS], dtype=np.int64))

    def split_heads(source: str, name: str, perm) -> str:
        g.node("Reshape", [source, "heads.shape"], f"{name}.split")
        return g.node("Transpose", [f"{name}.split"], f"{name}.heads", perm=perm)

    for part in ("query", "key", "value"):
        g.constant(f"{part}.bias", biases[part])
        g.node("Add", [part, f"{part}.bias"], f"{part}.full")
    split_heads("query.full", "query", [0, 2, 1, 3])
    split_heads("key.full", "key", [0, 2, 3, 1])
    split_heads("value.full", "value", [0, 2, 1, 3])
    g.constant("scale", np.array(WIDTH**-0.5, dtype=np.float32))
    g.node("Mul", ["query.heads", "scale"], "query.scaled")
    g.node("MatMul", ["query.scaled", "key.heads"], "scores")
    g.node("Softmax", ["scores"], "weights", axis=3)
    g.node("ReduceMean", ["weights"], "attention", axes=[2], keepdims=0)
    g.output("attention", ["B", HEADS, TOKENS])
    g.node("MatMul", ["weights", "value.heads"], "context.heads")
    g.node("Transpose", ["context.heads"], "context.split", perm=[0, 2, 1, 3])
    g.node("Reshape", ["context.split", "joined.shape"], "context")
    g.node("MatMul", ["context", c("out.weight")], "projected")
    g.node("Add", ["projected", c("out.bias")], "attended")
    g.constant("flat.shape", np.array([0, TOKENS * CHANNELS], dtype=np.int64))
    g.node("Reshape", ["attended", "flat.shape"], "flat")
    decide(g, w, "flat", w["fc1.bias"])

    d = w["fc2.weight"][:, 1] - w["fc2.weight"][:, 0]
    g.constant("zero", np.zeros((), dtype=np.float32))
    g.node("Greater", ["hidden.before", "zero"], "active")
    g.node("Cast", ["active"], "pattern", to=1)
    g.node("Mul", ["pattern", g.constant("d", d[None])], "slope.hidden")
    g.node("Gemm", ["slope.hidden", "fc1.weight"], "slope.flat", transB=1)
    g.node("Reshape", ["slope.flat", "joined.shape"], "slope.attended")
    g.node("MatMul", ["slope.attended", g.constant("out.back", w["out.weight"].T)], "slope.context")
    split_heads("slope.context", "slope", [0, 2, 3, 1])
    g.node("MatMul", ["slope.heads", "weights"], "slope.values")
    split_heads("value", "value.own", [0, 2, 3, 1])
    g.node("Mul", ["slope.values", "value.own.heads"], "shares")
    g.constant("shares.axes", np.array([1, 2], dtype=np.int64))
    g.node("ReduceSum", ["shares", "shares.axes"], "evidence", keepdims=0)
    g.output("evidence", ["B", TOKENS])

    # Attention rows sum to 1, so the value bias reaches every attended token as one constant vector.
    constant = w["out.bias"] + biases["value"] @ w["out.weight"]
    g.node("Mul", ["slope.attended", g.constant("attended.constant", constant)], "bias.shares")
    g.node("ReduceSum", ["bias.shares", "shares.axes"], "bias.attended", keepdims=0)
    g.constant("last.axis", np.array([1], dtype=np.int64))
    g.node("Mul", ["slope.hidden", c("fc1.bias")], "bias.hidden.shares")
    g.node("ReduceSum", ["bias.hidden.shares", "last.axis"], "bias.hidden", keepdims=0)
    g.node("Add", ["bias.attended", "bias.hidden"], "bias.sum")
    g.constant("d.bias", np.array(w["fc2.bias"][1] - w["fc2.bias"][0], dtype=np.float32))
    g.node("Add", ["bias.sum", "d.bias"], "bias")
    g.output("bias", ["B"])

    g.constant("normal", np.array(0, dtype=np.int64))
    g.constant("abnormal", np.array(1, dtype=np.int64))
    g.node("Gather", ["logits", "abnormal"], "logit.abnormal", axis=1)
    g.node("Gather", ["logits", "normal"], "logit.normal", axis=1)
    g.node("Sub", ["logit.abnormal", "logit.normal"], "margin")
    g.output("margin", ["B"])
    return g
