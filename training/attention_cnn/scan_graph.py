"""The ONNX graph of `attention-cnn` that scans: segments to probabilities, as fast as a processor gives them.

Nearly all of its time is attention: for each head 900 x 900 scores, their exponentials, and the sums of values that
these weigh. ONNX Runtime's fused operator takes 24 queries at a time, packs keys and values anew for each, looks
for the largest score, and multiplies as for 16 channels where a head has 8. This graph calculates the same from plain
operators and takes a quarter less time over a segment:

- Everything is laid out channels first, as the convolutions leave it, so that tokens fill the processor's vectors
  and nothing is transposed. Scores stand as [keys, queries].
- `BLOCK` queries of one head of one segment at a time: the scores stay in the second-level cache from product to
  exponential to product. That is also why segments come one by one (`Scan`) and only the large layer takes a batch.
- A ninth row of values is all ones: the product with the values also gives the sum of the weights.
- No largest score is looked for; see `_shift`.
- Keys go without their bias and less their mean, as either adds the same to all scores of a query. The bias after
  attention is moved into that of the large layer.

Operators as small as these gain nothing from sharing one between threads. Whoever runs the graph runs several batches
at once instead (src/core/inference/lanes.ts).
"""

import numpy as np

from common.onnx_writer import Graph, SharedWeights

from .graphs import WIDTH, convolve, decide, large_layer
from .model import CHANNELS, HEADS, TOKENS, WINDOW

# Queries per block. 900 x 128 scores are 460 kB; 96 to 160 are as fast on a cache of 2 MB, 320 are a fifth slower.
BLOCK = 128
# exp(60) times 900 tokens is far below the largest float, 3e38 = exp(88).
LARGEST_EXPONENT = 60.0


def scan_graph(w: dict, shared: SharedWeights) -> Graph:
    """segments [B, 1, 3600] to probability [B, 2]."""
    g = Graph("attention-cnn scan")
    g.input("segments", ["B", 1, WINDOW])
    g.node("Scan", ["segments"], "flat", body=_segment(w), num_scan_inputs=1)
    large_layer(g, w, shared)
    moved = np.tile(w["out.bias"].astype(np.float64), TOKENS) @ w["fc1.weight"].astype(np.float64)
    decide(g, w, "flat", (w["fc1.bias"] + moved).astype(np.float32))
    return g


def _segment(w: dict) -> Graph:
    """One segment [1, 3600] to what the large layer reads, [57600], without the bias after attention."""
    g = Graph("segment")
    pooled = convolve(g, w, g.input("segment", [1, WINDOW]), 1)
    queries, keys, values = _project(g, w, pooled)
    g.node("ReduceMean", [keys], "key.mean", axes=[2], keepdims=1)
    keys = g.node("Sub", [keys, "key.mean"], "key.centred")
    shift = _shift(g, queries, keys)
    g.node("Concat", [queries, shift], "query.shifted", axis=1)
    ones = g.constant("key.ones", np.ones((HEADS, 1, TOKENS), dtype=np.float32))
    g.node("Concat", [keys, ones], "key.one", axis=1)
    context = _attend(g, "query.shifted", "key.one", values)
    g.constant("context.shape", np.array([CHANNELS, TOKENS], dtype=np.int64))
    g.node("Reshape", [context, "context.shape"], "context.flat")
    out = g.constant("out.weight", w["out.weight"])
    g.node("FusedMatMul", ["context.flat", out], "attended", domain="com.microsoft", transA=1)
    g.constant("attended.shape", np.array([TOKENS * CHANNELS], dtype=np.int64))
    g.node("Reshape", ["attended", "attended.shape"], "attended.flat")
    g.output("attended.flat", [TOKENS * CHANNELS])
    return g


def _project(g: Graph, w: dict, pooled: str) -> list:
    """Names of queries and keys [8, 8, 900] and of values with their row of ones [8, 9, 900].

    One convolution of width 1 for all three, in the blocked layout of the two before it. The queries are scaled by
    1 / sqrt(8) here, in the weights.
    """
    scale = np.float32(WIDTH**-0.5)
    query, _, value = np.split(w["attention.bias"], 3)
    values = np.zeros((HEADS, WIDTH + 1, CHANNELS), dtype=np.float32)
    values[:, :WIDTH] = w["value.weight"].T.reshape(HEADS, WIDTH, CHANNELS)
    value_bias = np.ones((HEADS, WIDTH + 1), dtype=np.float32)
    value_bias[:, :WIDTH] = value.reshape(HEADS, WIDTH)
    rows = [w["query.weight"].T * scale, w["key.weight"].T, values.reshape(-1, CHANNELS)]
    biases = [query * scale, np.zeros_like(query), value_bias.reshape(-1)]
    g.constant("project.weight", np.concatenate(rows)[:, :, None, None])
    g.constant("project.bias", np.concatenate(biases))
    g.node("Conv", [pooled, "project.weight", "project.bias"], "projected", kernel_shape=[1, 1])
    g.constant("project.rows", np.array([len(part) for part in rows], dtype=np.int64))
    parts = ["query", "key", "value"]
    g.node("Split", ["projected", "project.rows"], parts, axis=1)
    for part, height in zip(parts, (WIDTH, WIDTH, WIDTH + 1)):
        shape = np.array([HEADS, height, TOKENS], dtype=np.int64)
        g.node("Reshape", [part, g.constant(f"{part}.shape", shape)], f"{part}.heads")
    return [f"{part}.heads" for part in parts]


def _shift(g: Graph, queries: str, keys: str) -> str:
    """What is added to all scores of a query, [8, 1, 900], so that no exponential overflows.

    A score is at most the sum over a head's channels of the query times the largest or the smallest key there,
    whichever gives more; and at most the length of the query times that of the longest key (Cauchy and Schwarz). As far
    as the lower of these bounds exceeds 60 it is taken off; softmax does not change with it. All weights of a query
    could only vanish if its largest score lay more than 147 below the bound: exp(60 - 147) is the smallest float. On 48
    real segments it lies 91 below at most, with scores of up to 320; by lengths alone it would lie 1000 below. A sum of
    nothing makes the probability not a number; the explicit graph is asked then
    (src/core/analysis/segment-model/segment-probability.ts). Keys are centred, which makes both bounds tighter.
    """
    g.constant("width.ones", np.ones((1, WIDTH), dtype=np.float32))
    for name, reduce in (("highest", "ReduceMax"), ("lowest", "ReduceMin")):
        g.node(reduce, [keys], f"key.{name}", axes=[2], keepdims=1)
        g.node("Mul", [queries, f"key.{name}"], f"query.{name}")
    g.node("Max", ["query.highest", "query.lowest"], "query.most")
    g.node("MatMul", ["width.ones", "query.most"], "bound.range")
    for name, heads in (("query", queries), ("key", keys)):
        g.node("Mul", [heads, heads], f"{name}.squares")
        g.node("MatMul", ["width.ones", f"{name}.squares"], f"{name}.length2")
    g.node("ReduceMax", ["key.length2"], "key.longest2", axes=[2], keepdims=1)
    g.node("Mul", ["query.length2", "key.longest2"], "bound2")
    g.node("Sqrt", ["bound2"], "bound.length")
    g.node("Min", ["bound.range", "bound.length"], "bound")
    g.constant("largest", np.array(LARGEST_EXPONENT, dtype=np.float32))
    g.node("Sub", ["largest", "bound"], "room")
    return g.node("Min", ["room", g.constant("zero", np.array(0, dtype=np.float32))], "shift")


def _attend(g: Graph, queries: str, keys: str, values: str) -> str:
    """Queries and keys [8, 9, 900], values with ones [8, 9, 900], to the heads' context [8, 8, 900]."""
    sizes = [min(BLOCK, TOKENS - first) for first in range(0, TOKENS, BLOCK)]
    g.constant("block.sizes", np.array(sizes, dtype=np.int64))
    heads = range(HEADS)
    for name, source in (("query", queries), ("key", keys), ("value", values)):
        g.node("Split", [source], [f"{name}.head{h}" for h in heads], axis=0)
    for h in heads:
        blocks = [f"head{h}.block{b}" for b in range(len(sizes))]
        parts = [f"{block}.query" for block in blocks]
        g.node("Split", [f"query.head{h}", "block.sizes"], parts, axis=2)
        for block, part in zip(blocks, parts):
            scores = [f"key.head{h}", part]
            g.node("FusedMatMul", scores, f"{block}.scores", domain="com.microsoft", transA=1)
            g.node("Exp", [f"{block}.scores"], f"{block}.weights")
            g.node("MatMul", [f"value.head{h}", f"{block}.weights"], f"{block}.sums")
        g.node("Concat", [f"{block}.sums" for block in blocks], f"head{h}.sums", axis=2)
    g.node("Concat", [f"head{h}.sums" for h in heads], "sums", axis=0)
    g.constant("sums.rows", np.array([WIDTH, 1], dtype=np.int64))
    g.node("Split", ["sums", "sums.rows"], ["weighted", "weight"], axis=1)
    return g.node("Div", ["weighted", "weight"], "context")
