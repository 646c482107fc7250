"""Reads what `fiducial convert` wrote with the tools that others use, and compares it with expected.json.

    fiducial convert DATA/formats/edf --to wfdb --out OUT
    python check.py wfdb OUT DATA/formats/edf

wfdb needs wfdb-python, edf pyedflib, dicom pydicom (pip install wfdb pyedflib pydicom). One line a file;
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

    reader = pyedflib.EdfReader(str(out / (name + ".edf")))
    leads = []
    for k in range(reader.signals_in_file):
        factor = MV.get(reader.getPhysicalDimension(k).strip(), 1.0)
        steps = reader.getDigitalMaximum(k) - reader.getDigitalMinimum(k)
        step = abs(reader.getPhysicalMaximum(k) - reader.getPhysicalMinimum(k)) / steps
        leads.append((reader.readSignal(k) * factor, step * factor, reader.readSignal(k, digital=True),
                      reader.getSampleFrequency(k)))
    reader.close()
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
    if digest and not wanted["missing"]:
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
