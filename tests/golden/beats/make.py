"""Makes compare.json: `python tests/golden/beats/make.py` with wfdb 4.3 installed.

Random beats and detections with misses, extras and jitter beyond the window, paired by
wfdb.processing.compare_annotations at 150 ms: below 55 samples at 360 Hz, since its limit is
exclusive. An implementation independent of ours. Where beats and detections are so near that several pairings are
possible the two differ (ours is bxb's rule), so those are left out.
"""
import json
import os

import numpy as np
from wfdb.processing import compare_annotations

cases = []
for seed in range(40):
    rng = np.random.default_rng(seed)
    ref = np.cumsum(rng.integers(200, 400, 60))
    kept = ref[rng.random(60) > 0.08]
    test = kept + rng.integers(-70, 71, len(kept))
    extra = rng.integers(0, ref[-1], 20)
    extra = [e for e in extra if np.abs(ref - e).min() > 70 and np.abs(test - e).min() > 70]
    test = np.unique(np.clip(np.concatenate([test, extra]), 0, None))
    result = compare_annotations(ref, test, 55)
    cases.append(
        {"reference": ref.tolist(), "test": test.tolist(), "tp": int(result.tp), "fn": int(result.fn), "fp": int(result.fp)}
    )
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "compare.json")
with open(path, "w") as file:
    json.dump({"rateHz": 360, "cases": cases}, file, separators=(",", ":"))
    file.write("\n")
