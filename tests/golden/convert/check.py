"""Reads what `fiducial convert` wrote with the tools that others use, and compares it with expected.json.

    fiducial convert DATA/formats/edf --to wfdb --out OUT
    python check.py wfdb OUT DATA/formats/edf

wfdb needs wfdb-python, edf pyedflib and MNE, dicom pydicom (pip install wfdb pyedflib mne pydicom). One line a file;
exit code 1 where a value is further away than half a step of the target.
"""

import hashlib
import json
import pathlib
import sys

import numpy as np

MV = {"V": 1000.0, "mV": 1.0, "uV": 0.001, "nV": 1e-6}


def read_wfdb(out, name):
    """Per lead: values, step, integers."""
    import wfdb

    record = wfdb.rdrecord(str(out / name), smooth_frames=False)
    integers = wfdb.rdrecord(str(out / name), smooth_frames=False, physical=False)
    leads = []
    for k, values in enumerate(record.e_p_signal or []):
        factor = MV.get(record.units[k], 1.0)
        fs = record.fs * record.samps_per_frame[k]
        leads.append((values * factor, abs(factor / record.adc_gain[k]), integers.e_d_signal[k], fs))
    return leads


def read_edf(out, name):
    import pyedflib

    try:
        reader = pyedflib.EdfReader(str(out / (name + ".edf")))
    except OSError:
        return read_edf_with_gaps(out, name)
    leads = []
    notes = list(zip(*reader.readAnnotations()))
    for k in range(reader.signals_in_file):
        factor = MV.get(reader.getPhysicalDimension(k).strip(), 1.0)
        steps = reader.getDigitalMaximum(k) - reader.getDigitalMinimum(k)
        step = abs(reader.getPhysicalMaximum(k) - reader.getPhysicalMinimum(k)) / steps
        fs = reader.getSampleFrequency(k)
        values = reader.readSignal(k) * factor
        # What EDF has no code for is marked by annotations.
        for onset, duration, text in notes:
            if text in ("Missing: all leads", "Missing: " + reader.getLabel(k).strip()):
                first = round(float(onset) * fs)
                values[first : first + round(float(duration) * fs)] = np.nan
        leads.append((values, step * factor, reader.readSignal(k, digital=True), fs))
    reader.close()
    return leads


def read_edf_with_gaps(out, name):
    """EDF+D, which pyedflib does not read; MNE leaves the gaps out, as expected.json does."""
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
        leads.append((values, abs((high - low) / (dhigh - dlow)) * (factor or 1.0), None, raw.info["sfreq"]))
    return leads


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
            leads.append((lead, step, raw[:, k], float(group.SamplingFrequency)))
    return leads


def expected_leads(entry):
    if "groups" in entry:
        return [lead for group in entry["groups"] if group.get("originality", "ORIGINAL") == "ORIGINAL"
                and group.get("type", "Rhythm") == "Rhythm" for lead in group["leads"]]
    return entry.get("leads", [])


def compare(found, wanted):
    """The first thing that is wrong, or None."""
    values, step, integers, fs = found
    limit = step / 2 * (1 + 1e-6) + 1e-6
    if wanted["rate"] and abs(fs / wanted["rate"] - 1) > 1e-6:
        return f"rate {fs} instead of {wanted['rate']}"
    kept = ~np.isnan(values)
    present = values[kept]
    if len(present) < wanted["samples"] - wanted["missing"]:
        return f"{len(present)} samples instead of {wanted['samples'] - wanted['missing']}"
    present = present[: wanted["samples"] - wanted["missing"]]
    firsts = [first for first in wanted["first"] if first is not None]
    if np.abs(present[: len(firsts)] - firsts).max(initial=0) > limit:
        return f"begins {present[:5]} instead of {firsts}"
    for what, value in (("min", present.min()), ("max", present.max())):
        if abs(value - wanted[what]) > limit:
            return f"{what} {value} instead of {wanted[what]}"
    if abs(present.sum() - wanted["sum"]) > limit * len(present) + 1e-4:
        return f"sum {present.sum()} instead of {wanted['sum']}"
    digest = wanted.get("digital_sha256_int32le")
    if digest and integers is not None and not wanted["missing"]:
        raw = np.asarray(integers)[kept][: wanted["samples"]].astype("<i4")
        if hashlib.sha256(raw.tobytes()).hexdigest() != digest:
            return "other integers (values agree)"
    return None


def main():
    kind, out, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    read = {"wfdb": read_wfdb, "edf": read_edf, "dicom": read_dicom}[kind]
    ending = {"wfdb": ".hea", "edf": ".edf", "dicom": ".dcm"}[kind]
    failed = 0
    for file, entry in json.loads((folder / "expected.json").read_text())["files"].items():
        name = pathlib.Path(file).stem
        wanted = expected_leads(entry)
        if not wanted or not (out / (name + ending)).exists():
            print(f"{file}: not converted" if wanted else f"{file}: no leads to compare")
            continue
        found = read(out, name)
        problems = [f"{lead['name']}: {wrong}" for got, lead in zip(found, wanted)
                    if (wrong := compare(got, lead))]
        if len(found) != len(wanted):
            problems.insert(0, f"{len(found)} leads instead of {len(wanted)}")
        print(f"{file}: {len(wanted)} leads equal" if not problems else f"{file}: {problems[:3]}")
        failed += bool([p for p in problems if "values agree" not in p])
    sys.exit(1 if failed else 0)


main()
