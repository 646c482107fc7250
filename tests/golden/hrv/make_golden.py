"""Golden figures of heart-rate variability, by NeuroKit2.

    pip install neurokit2==0.3.0
    python tests/golden/hrv/make_golden.py > tests/golden/hrv/golden.json

Cases: sinus rhythm of 40 min; the same with ectopic beats, so that intervals are missing; a strip of a minute.
Times in seconds, classes as letters; the intervals given to NeuroKit2 are those between two normal beats.
"""

import json
import warnings

import neurokit2
import numpy as np

warnings.filterwarnings("ignore")


def beats(seed, minutes, ectopic):
    random = np.random.default_rng(seed)
    time, times, classes = 0.5, [], []
    while time < 60 * minutes:
        slow = 0.08 * np.sin(2 * np.pi * time / 700) + 0.04 * np.sin(2 * np.pi * time / 4)
        times.append(round(time, 3))
        early = random.random() < ectopic and len(times) > 1 and classes[-1] == "N"
        if early:
            times[-1] = round(times[-1] - 0.3, 3)
        classes.append("V" if early else "N")
        time += 0.85 + slow + random.normal(0, 0.03)
    return times, classes


def case(name, seed, minutes, ectopic):
    times, classes = beats(seed, minutes, ectopic)
    rri, end = [], []
    for i in range(1, len(times)):
        ms = 1000 * (times[i] - times[i - 1])
        if classes[i - 1] == classes[i] == "N" and 300 <= ms <= 2000:
            rri.append(ms)
            end.append(times[i])
    out = neurokit2.hrv_time({"RRI": np.array(rri), "RRI_Time": np.array(end)}, sampling_rate=1000)
    value = lambda key: None if np.isnan(out[key][0]) else float(out[key][0])
    return {
        "name": name,
        "timeS": times,
        "classes": "".join(classes),
        "intervals": len(rri),
        "hrv": {
            "sdnnMs": value("HRV_SDNN"),
            "sdannMs": value("HRV_SDANN5"),
            "rmssdMs": value("HRV_RMSSD"),
            "pnn50": value("HRV_pNN50") / 100,
        },
    }


print(
    json.dumps(
        {
            "command": "python tests/golden/hrv/make_golden.py > tests/golden/hrv/golden.json",
            "neurokit2": neurokit2.__version__,
            "cases": [
                case("sinus rhythm, 40 min", 1, 40, 0),
                case("one beat in thirty ectopic, 40 min", 2, 40, 1 / 30),
                case("one minute", 3, 1, 0),
            ],
        }
    )
)
