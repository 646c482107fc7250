"""The Python side of `npm run bench`: times the same work with wfdb-python, pyedflib, SciPy and PyTorch.

Reads one JSON request per line on stdin, answers one JSON line each:

    {"task": "versions"}                            -> {"python": ..., "wfdb": ... or null, ...}
    {"task": "decode", "record": PATH}              -> {"ms": ...}
    {"task": "edf", "file": PATH}                   -> {"ms": ...}
    {"task": "filter", "samples": N, "rate": HZ}    -> {"ms": ...}
    {"task": "network", "segments": N, "repo": DIR} -> {"ms": ..., "batch": ...}
    {"task": "network-cpu", ...the same}            -> the same in processor time, on one thread
"""

import importlib
import json
import platform
import sys
import time

BATCHES = [1, 4, 16, 32]


def version(name):
    try:
        return importlib.import_module(name).__version__
    except Exception:
        return None


def timed(work):
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def decode(request):
    import wfdb

    return {"ms": timed(lambda: wfdb.rdrecord(request["record"]))}


def edf(request):
    import pyedflib

    def read():
        reader = pyedflib.EdfReader(request["file"])
        for signal in range(reader.signals_in_file):
            reader.readSignal(signal)
        reader.close()

    return {"ms": timed(read)}


def filter_signal(request):
    import numpy as np
    from scipy.signal import butter, sosfiltfilt

    x = np.random.default_rng(1).normal(size=request["samples"])
    sos = butter(5, [0.5, 50], "bandpass", fs=request["rate"], output="sos")
    return {"ms": timed(lambda: sosfiltfilt(sos, x))}


network_state = {}


def network(request):
    import torch

    if not network_state:
        sys.path.insert(0, request["repo"] + "/training")
        from attention_cnn.model import WINDOW, AttentionCnn

        model = AttentionCnn().eval()
        segments = torch.randn(request["segments"], 1, WINDOW)

        def infer(count, batch):
            with torch.no_grad():
                for first in range(0, count, batch):
                    model(segments[first : min(count, first + batch)]).softmax(1)

        # Python gets the batch size that suits it best here; the first run warms it up.
        trial = min(32, request["segments"])
        infer(trial, 16)
        batch = min(BATCHES, key=lambda b: timed(lambda: infer(trial, b)))
        network_state.update(infer=infer, batch=batch)
    infer, batch = network_state["infer"], network_state["batch"]
    return {"ms": timed(lambda: infer(request["segments"], batch)), "batch": batch}


def network_cpu(request):
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    network(request)
    infer = network_state["infer"]

    def used(count, batch):
        start = time.process_time()
        infer(count, batch)
        return 1000 * (time.process_time() - start)

    trial = min(32, request["segments"])
    batch = min(BATCHES, key=lambda b: used(trial, b))
    ms = used(request["segments"], batch)
    torch.set_num_threads(threads)
    return {"ms": ms, "batch": batch}


def versions(_):
    names = {name: version(name) for name in ["wfdb", "scipy", "torch", "pyedflib"]}
    return {"python": platform.python_version(), **names}


TASKS = {
    "versions": versions,
    "decode": decode,
    "edf": edf,
    "filter": filter_signal,
    "network": network,
    "network-cpu": network_cpu,
}

for line in sys.stdin:
    asked = json.loads(line)
    try:
        answer = TASKS[asked["task"]](asked)
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
