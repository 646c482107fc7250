"""Golden hours, heart-rate variability and burden of five recordings, computed apart from Fiducial.

    pip install neurokit2==0.3.0 wfdb==4.3.1
    python tests/golden/burden/make_golden.py DATA > tests/golden/burden/golden.json

DATA holds `mitdb` and `svdb` of PhysioNet. Beats and fibrillation are what the cardiologists annotated; the quality of the
two leads is drawn, so that there is time that cannot be read and time with every lead off. The fifth recording is four
of svdb one after the other, two hours that begin at 13:12.

Nothing here is Fiducial's: every figure is computed interval by interval from its definition.
- A beat counts where at least one lead is good, and not within 1 s of a stretch with every lead off. Two beats make an
  interval where both count and everything between them does.
- Beats, couplets, runs and pauses belong to the clock hour in which they begin; time and rate to the one in which they are.
- Mean rate: intervals by the time they take. Lowest and highest: the slowest and fastest 8 consecutive intervals, one of
  which lies in the hour; where the mean lies beyond them, stretches of 8 to 15 of those of the hour, and shorter rows whole.
- SDNN, SDANN and RMSSD: NeuroKit2, of intervals between two normal beats of 300 to 2,000 ms outside fibrillation. RMSSD
  is of differences of intervals that share a beat; pNN50 is their number over 50 ms by the number of intervals.
"""

import json
import math
import random
import sys
import warnings
from pathlib import Path

import neurokit2
import numpy as np
import wfdb

warnings.filterwarnings("ignore")

CLASSES = {**dict.fromkeys("NLRej", "N"), **dict.fromkeys("AaJS", "S"), **dict.fromkeys("VE", "V"), "F": "F", "/": "Q", "f": "Q", "Q": "Q"}
OFF, NOISY, GOOD = 0, 1, 2
SVDB = ("821", "841", "849", "865")


def annotated(path):
    """Rate, length in samples, beats as (sample, class), and stretches of fibrillation or flutter."""
    header = wfdb.rdheader(str(path))
    atr = wfdb.rdann(str(path), "atr")
    beats, rhythms = [], []
    for sample, symbol, aux in zip(atr.sample, atr.symbol, atr.aux_note):
        if symbol in CLASSES:
            beats.append((int(sample), CLASSES[symbol]))
        if symbol == "+":
            rhythms.append((int(sample), aux.rstrip("\0")))
    ends = [at for at, _ in rhythms[1:]] + [header.sig_len]
    af = [(at, end) for (at, name), end in zip(rhythms, ends) if name in ("(AFIB", "(AFL")]
    return header.fs, header.sig_len, beats, af


def strung(paths):
    fs, total, beats, af = 0, 0, [], []
    for path in paths:
        fs, length, own, fibrillation = annotated(path)
        beats += [(at + total, letter) for at, letter in own]
        af += [(start + total, end + total) for start, end in fibrillation]
        total += length
    return fs, total, beats, af


def drawn_quality(seed, seconds):
    """Levels of two leads, as runs [level, seconds]: mostly good, one noisy now and then, at times both, at times off."""
    draw = random.Random(seed)
    leads = [[], []]
    while sum(length for _, length in leads[0]) < seconds:
        left = seconds - sum(length for _, length in leads[0])
        good = min(left, draw.randrange(40, 400))
        bad = min(left - good, draw.randrange(1, 25))
        first, second = draw.choice([(NOISY, GOOD), (GOOD, NOISY), (NOISY, NOISY), (OFF, OFF), (NOISY, OFF)])
        for lead, level in zip(leads, (first, second)):
            lead.append([GOOD, good])
            if bad > 0:
                lead.append([level, bad])
    return leads


def runs_of(levels, wanted, duration):
    """Stretches of seconds with a level, the last one up to the end of the recording."""
    out = []
    for second, level in enumerate(levels):
        if level != wanted:
            continue
        if out and out[-1][1] == second:
            out[-1][1] = second + 1
        else:
            out.append([second, second + 1])
    return [(start, min(end, duration)) for start, end in out]


class Recording:
    def __init__(self, fs, length, beats, af, quality):
        self.duration = length / fs
        levels = [[level for level, n in lead for _ in range(n)] for lead in quality]
        best = [max(pair) for pair in zip(*levels)]
        self.readable = runs_of(best, GOOD, self.duration)
        off = runs_of(best, OFF, self.duration)
        self.af = [(a / fs, b / fs) for a, b in af if b / fs - a / fs >= 30]
        # One row per stretch of readable time; beats beside a stretch that is off are the electrode's.
        self.rows = []
        for start, end in self.readable:
            row = []
            for sample, letter in beats:
                t = sample / fs
                if start <= t <= end and not any(a - 1 < t < b + 1 for a, b in off):
                    row.append((t, letter))
            self.rows.append(row)
        self.intervals = [(row[i - 1], row[i]) for row in self.rows for i in range(1, len(row))]

    def beats(self):
        return [beat for row in self.rows for beat in row]

    def pauses(self):
        """(start, seconds): over 2 s between beats; silence of 6 s or more where readable time begins or ends."""
        found = [(a, b - a) for (a, _), (b, _) in self.intervals if b - a > 2]
        for (start, end), row in zip(self.readable, self.rows):
            if not row:
                gaps = [(start, end)]
            else:
                gaps = [(start, row[0][0]), (row[-1][0], end)]
            found += [(a, b - a) for a, b in gaps if b - a >= 6]
        return found

    def ventricular(self):
        """Stretches of ventricular beats: (start, end, beats)."""
        found = []
        for row in self.rows:
            together = []
            for t, letter in row + [(None, "end")]:
                if letter == "V":
                    together.append(t)
                elif together:
                    found.append((together[0], together[-1], len(together)))
                    together = []
        return found

    def rate(self, start=-math.inf, end=math.inf):
        """Mean, lowest and highest bpm and longest RR of a stretch of time; None without an interval."""
        mine = lambda pair: pair[1][0] > start and pair[0][0] < end
        intervals = [pair for pair in self.intervals if mine(pair)]
        if not intervals:
            return None
        lengths = [b[0] - a[0] for a, b in intervals]
        mean = 60 * len(lengths) / sum(lengths)
        rate = lambda times: 60 * (len(times) - 1) / (times[-1] - times[0])
        of_rows = [[t for t, _ in row] for row in self.rows]
        touching = [[t for i, t in enumerate(row) if
                     (i > 0 and row[i] > start and row[i - 1] < end) or
                     (i + 1 < len(row) and row[i + 1] > start and row[i] < end)] for row in of_rows]
        eights = [rate(row[i - 8 : i + 1]) for row in of_rows for i in range(8, len(row)) if row[i] > start and row[i - 8] < end]
        longer = [rate(row[i - n : i + 1]) for row in touching for n in range(8, 16) for i in range(n, len(row))]
        short = longer + [rate(row) for row in touching if 2 <= len(row) <= 8]

        def extreme(pick, encloses):
            for rates in (eights, longer, short):
                if rates and encloses(pick(rates)):
                    return pick(pick(rates), mean)

        return {
            "meanBpm": mean,
            "lowestBpm": extreme(min, lambda bpm: bpm <= mean * (1 + 1e-9)),
            "highestBpm": extreme(max, lambda bpm: bpm >= mean * (1 - 1e-9)),
            "longestRrMs": 1000 * max(lengths),
        }

    def hours(self, into_hour):
        """A row by clock hour. `into_hour`: seconds since the full hour at the start."""
        edges = [0.0]
        edge = 3600 - into_hour
        while edge < self.duration:
            edges.append(edge)
            edge += 3600
        edges.append(self.duration)
        return [self.hour(a, b, b == edges[-1]) for a, b in zip(edges, edges[1:])]

    def hour(self, start, end, is_last):
        begins = lambda t: start <= t and (is_last or t < end)
        shared = lambda spans: sum(max(0, min(b, end) - max(a, start)) for a, b in spans)
        beats = [letter for t, letter in self.beats() if begins(t)]
        runs = [n for t, _, n in self.ventricular() if begins(t)]
        analysable = shared(self.readable)
        return {
            "startS": start,
            "endS": end,
            "analysableS": analysable,
            "unreadableS": end - start - analysable,
            "rate": self.rate(start, end),
            "beats": len(beats),
            "ventricularBeats": beats.count("V"),
            "ventricularShare": beats.count("V") / len(beats) if beats else None,
            "ventricularCouplets": sum(n == 2 for n in runs),
            "ventricularRuns": sum(n >= 3 for n in runs),
            "supraventricularBeats": beats.count("S"),
            "afS": shared(self.af),
            "pauses": sum(begins(t) for t, _ in self.pauses()),
        }

    def hrv(self):
        in_af = lambda a, b: any(a < end and b > start for start, end in self.af)
        sinus, ends, differences, before = [], [], [], None
        left_out = {"ectopic": 0, "af": 0, "outlying": 0}
        for (a, first), (b, second) in self.intervals:
            ms = 1000 * (b - a)
            if first + second != "NN":
                left_out["ectopic"] += 1
            elif in_af(a, b):
                left_out["af"] += 1
            elif not 300 <= ms <= 2000:
                left_out["outlying"] += 1
            else:
                if before is not None and before[0] == a:
                    differences.append(ms - before[1])
                sinus.append(ms)
                ends.append(b)
                before = (b, ms)
        out = neurokit2.hrv_time({"RRI": np.array(sinus), "RRI_Time": np.array(ends)}, sampling_rate=1000)
        value = lambda key: None if np.isnan(out[key][0]) else float(out[key][0])
        return {
            "sdnnMs": value("HRV_SDNN"),
            "sdannMs": value("HRV_SDANN5"),
            "rmssdMs": value("HRV_RMSSD"),
            "pnn50": sum(abs(d) > 50 for d in differences) / len(sinus),
            "intervals": len(sinus),
            "nnShare": len(sinus) / len(self.intervals),
            "leftOut": left_out,
        }

    def burden(self):
        letters = [letter for _, letter in self.beats()]
        analysable = sum(b - a for a, b in self.readable)
        per_hour = lambda letter: letters.count(letter) * 3600 / analysable
        runs = [60 * (n - 1) / (end - start) for start, end, n in self.ventricular() if n >= 3]
        return {
            "beats": {**{letter: letters.count(letter) for letter in "NSVFQ"}, "total": len(letters)},
            "analysableS": analysable,
            "unreadableShare": 1 - analysable / self.duration,
            "ventricularPerHour": per_hour("V"),
            "ventricularShare": letters.count("V") / len(letters),
            "supraventricularPerHour": per_hour("S"),
            "afS": sum(b - a for a, b in self.af),
            "longestPauseS": max((s for _, s in self.pauses()), default=0),
            "fastestRunBpm": max(runs, default=None),
            "rate": self.rate(),
        }


def case(name, seed, clock, into_hour, fs, length, beats, af):
    seconds = math.ceil(length / fs)
    quality = drawn_quality(seed, seconds)
    recording = Recording(fs, length, beats, af, quality)
    samples = [at for at, _ in beats]
    return {
        "name": name,
        "startClock": clock,
        "rateHz": fs,
        "samples": length,
        "rrSamples": [b - a for a, b in zip([0] + samples, samples)],
        "classes": "".join(letter for _, letter in beats),
        "afSamples": af,
        "quality": quality,
        "hours": recording.hours(into_hour),
        "hrv": recording.hrv(),
        "burden": recording.burden(),
    }


data = Path(sys.argv[1])
mitdb = lambda name: annotated(data / "mitdb" / name)
print(
    json.dumps(
        {
            "command": "python tests/golden/burden/make_golden.py DATA > tests/golden/burden/golden.json",
            "neurokit2": neurokit2.__version__,
            "wfdb": wfdb.__version__,
            "cases": [
                case("mitdb 119, without a clock", 119, None, 0, *mitdb("119")),
                case("mitdb 201, over nine o'clock", 201, "T08:59:59.500", 3599.5, *mitdb("201")),
                case("mitdb 203, from the full hour", 203, "T09:00:00", 0, *mitdb("203")),
                case("mitdb 208, over midnight", 208, "2026-11-28T23:40:10.250", 2410.25, *mitdb("208")),
                case("four of svdb, two hours", 800, "2026-11-28T13:12:00.000", 720,
                     *strung([data / "svdb" / name for name in SVDB])),
            ],
        }
    )
)
