"""Reads what round-trips.ts wrote with the tools that others use, and compares every sample with the source's.

    python check.py JOBS.json

One line a file and target; exit code 1 where a value is further away than half a step of the target.
"""

import collections
import json
import pathlib
import sys

import numpy as np

MV = {"V": 1000.0, "mV": 1.0, "uV": 0.001, "nV": 1e-6}

Lead = collections.namedtuple("Lead", "name values step rate")


def read_wfdb(out, name):
    import wfdb

    record = wfdb.rdrecord(str(out / name), smooth_frames=False)
    leads = []
    for k, values in enumerate(record.e_p_signal):
        factor = MV.get(record.units[k], 1.0)
        rate = record.fs * record.samps_per_frame[k]
        leads.append(Lead(record.sig_name[k], values * factor, abs(factor / record.adc_gain[k]), rate))
    marks = [path.suffix[1:] for path in out.glob(name + ".*") if path.suffix not in (".hea", ".dat")]
    return leads, sum(len(wfdb.rdann(str(out / name), mark).sample) for mark in marks)


def read_edf(out, name):
    import pyedflib

    try:
        reader = pyedflib.EdfReader(str(out / (name + ".edf")))
    except OSError:
        return read_edf_with_gaps(out, name)
    leads = []
    notes = list(zip(*reader.readAnnotations()))
    missing = [note for note in notes if note[2].startswith("Missing: ")]
    for k in range(reader.signals_in_file):
        factor = MV.get(reader.getPhysicalDimension(k).strip(), 1.0)
        steps = reader.getDigitalMaximum(k) - reader.getDigitalMinimum(k)
        step = abs(reader.getPhysicalMaximum(k) - reader.getPhysicalMinimum(k)) / steps
        rate = reader.getSampleFrequency(k)
        values = reader.readSignal(k) * factor
        # What EDF has no code for is marked by annotations.
        for onset, duration, text in missing:
            if text in ("Missing: all leads", "Missing: " + reader.getLabel(k).strip()):
                first = round(float(onset) * rate)
                values[first : first + round(float(duration) * rate)] = np.nan
        leads.append(Lead(reader.getLabel(k), values, step * factor, rate))
    reader.close()
    return leads, len(notes) - len(missing)


def read_edf_with_gaps(out, name):
    """EDF+D, which pyedflib does not read; MNE leaves the gaps out, and resamples where rates differ."""
    import mne

    raw = mne.io.read_raw_edf(out / (name + ".edf"), preload=True, verbose="error")
    header = (out / (name + ".edf")).read_bytes()
    count = int(header[252:256])
    field = lambda before, length, k: header[256 + before * count + k * length :][:length].decode().strip()
    signals = [k for k in range(count) if field(0, 16, k) != "EDF Annotations"]
    leads = []
    for at, k in enumerate(signals):
        low, high, dlow, dhigh = (float(field(before, 8, k)) for before in (104, 112, 120, 128))
        factor = MV.get(field(96, 8, k))
        values = raw.get_data()[at] * (1000.0 if factor else 1.0)
        step = abs((high - low) / (dhigh - dlow)) * (factor or 1.0)
        leads.append(Lead(field(0, 16, k), values, step, raw.info["sfreq"]))
    # MNE drops annotations that lie behind the end of what it joined.
    return leads, None


def read_dicom(out, name):
    import pydicom

    data = pydicom.dcmread(out / (name + ".dcm"))
    leads = []
    for index, group in enumerate(data.WaveformSequence):
        values = data.waveform_array(index)
        raw = np.frombuffer(group.WaveformData, dtype="<i2").reshape(values.shape)
        missing = None
        if "WaveformPaddingValue" in group:
            missing = int(np.frombuffer(group.WaveformPaddingValue, dtype="<i2")[0])
        for k, channel in enumerate(group.ChannelDefinitionSequence):
            unit = channel.get("ChannelSensitivityUnitsSequence")
            factor = MV.get(unit[0].CodeValue, 1.0) if unit else 1.0
            lead = values[:, k] * factor
            if missing is not None:
                lead = np.where(raw[:, k] == missing, np.nan, lead)
            step = abs(float(channel.get("ChannelSensitivity", 1))) * factor
            label = channel.get("ChannelLabel", "")
            leads.append(Lead(label, lead, step, float(group.SamplingFrequency)))
    return leads, None


def paired(found, wanted):
    """Leads of the copy beside those of the source: DICOM has those of each rate together."""
    rates = list(dict.fromkeys(lead["rateHz"] for lead in wanted))
    order = sorted(range(len(wanted)), key=lambda k: (rates.index(wanted[k]["rateHz"]), k))
    return [(found[place], wanted[k]) for place, k in enumerate(order)]


def compare(found, wanted, gaps):
    """What is wrong, or None."""
    source = np.fromfile(wanted["file"])
    if abs(found.rate / wanted["rateHz"] - 1) > 1e-6:
        return f"rate {found.rate} instead of {wanted['rateHz']}"
    values = found.values
    if gaps and len(values) < len(source):
        kept = np.ones(len(source), bool)
        for gap in gaps:
            kept[round(gap["startS"] * wanted["rateHz"]) : round(gap["endS"] * wanted["rateHz"])] = False
        source = source[kept]
    # A copy is filled up to whole records or frames.
    if len(values) < len(source):
        return f"{len(values)} samples instead of {len(source)}"
    tail, values = values[len(source) :], values[: len(source)]
    if len(tail) > 0 and len(tail) / found.rate > 10:
        return f"{len(tail)} samples too many"
    holes = np.isnan(source)
    if (np.isnan(values) & ~holes).any():
        return f"{(np.isnan(values) & ~holes).sum()} samples missing"
    if not np.isnan(values[holes]).all():
        return f"{(~np.isnan(values[holes])).sum()} samples where the source has none"
    furthest = np.abs(values - source)[~holes].max(initial=0)
    size = np.abs(source[~holes]).max(initial=0)
    if furthest > found.step / 2 * (1 + 1e-6) + 1e-6 * size:
        return f"{furthest} from the source, half a step is {found.step / 2}"
    return None


def problems(job):
    read = {"wfdb": read_wfdb, "edf": read_edf, "dicom": read_dicom}[job["target"]]
    found, annotations = read(pathlib.Path(job["folder"]), job["name"])
    if len(found) != len(job["leads"]):
        return [f"{len(found)} leads instead of {len(job['leads'])}"]
    wrong = [
        f"{wanted['name']}: {what}"
        for got, wanted in paired(found, job["leads"])
        if (what := compare(got, wanted, job["gaps"]))
    ]
    if annotations is not None and annotations < job["annotations"]:
        wrong.append(f"{annotations} annotations instead of {job['annotations']}")
    return wrong


def main():
    equal = failed = 0
    for job in json.loads(pathlib.Path(sys.argv[1]).read_text()):
        wrong = problems(job)
        print(f"{job['target']:6}{job['sample']}: {wrong[:3] if wrong else str(len(job['leads'])) + ' leads equal'}")
        failed += bool(wrong)
        equal += not wrong
    print(f"{equal} files equal, {failed} not")
    sys.exit(1 if failed else 0)


main()
