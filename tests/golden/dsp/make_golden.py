"""SciPy's answers for src/core/dsp on a made-up signal, so that a fresh clone tests the numerics without data.

    python tests/golden/dsp/make_golden.py && npx oxfmt tests/golden/dsp/golden.json

Written with SciPy 1.17.1 and NumPy 2.4.6. Arrays are float64 little-endian in `<name>.f64`; `golden.json` says
how each was made.
"""

import json
from pathlib import Path

import numpy as np
from scipy.signal import butter, resample_poly, sosfiltfilt

HERE = Path(__file__).parent
SAMPLES = 900


def save(name: str, values: np.ndarray) -> str:
    np.asarray(values, "<f8").tofile(HERE / f"{name}.f64")
    return f"{name}.f64"


rng = np.random.default_rng(20031)
t = np.arange(SAMPLES) / 250
# Beats, a wandering baseline with an offset, mains and noise, in mV.
x = sum(1.2 * np.exp(-0.5 * ((t - r) / 0.012) ** 2) for r in np.arange(0.3, 3.6, 0.83))
x = x + 0.8 + 0.4 * np.sin(2 * np.pi * 0.21 * t) + 0.05 * np.sin(2 * np.pi * 50 * t)
x = x + rng.normal(0, 0.02, SAMPLES)

golden = {"input": save("input", x), "filters": [], "resampled": []}
for rate in [62.4725, 100, 110, 128, 250, 360, 500, 1000]:
    # Nothing lies above the Nyquist frequency, so there the upper edge is left out.
    kind, edges = ("bandpass", [0.5, 50]) if rate > 100 else ("highpass", 0.5)
    sos = butter(5, edges, kind, fs=rate, output="sos")
    golden["filters"].append(
        {
            "rateHz": rate,
            "made": f"sosfiltfilt(butter(5, {edges}, '{kind}', fs={rate}, output='sos'), input)",
            "sos": sos.tolist(),
            "filtered": save(f"filtered_{rate}hz", sosfiltfilt(sos, x)),
        }
    )
for source in [128, 250, 257, 360, 500, 1000]:
    up, down = (n // np.gcd(360, source) for n in (360, source))
    golden["resampled"].append(
        {
            "fromHz": source,
            "toHz": 360,
            "made": f"resample_poly(input, {up}, {down})",
            "output": save(f"resampled_{source}hz", resample_poly(x, up, down)),
        }
    )
(HERE / "golden.json").write_text(json.dumps(golden) + "\n")
