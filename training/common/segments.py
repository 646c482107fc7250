"""Reads what `fiducial prepare` writes: `segments.f32`, `other-leads.f32` and `index.json`."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FORMAT = "fiducial-segments-1"


@dataclass(frozen=True)
class Segments:
    """Standardised windows with their reference labels; row i of every field is the same segment."""

    samples: np.ndarray  # [n, window] float32, memory-mapped
    other: np.ndarray  # the same windows of each record's next lead; zeros where there is none
    record: np.ndarray  # [n] str
    patient: np.ndarray  # [n] str; records of one person share it
    abnormal: np.ndarray  # [n] bool, under the scheme asked for
    start_s: np.ndarray  # [n] float
    source: dict  # the index without its segments: rate, window, hop, filter

    def __len__(self) -> int:
        return len(self.record)


def read_segments(folder, scheme: str, records=None, exclude=()) -> Segments:
    """Labelled, readable segments of a folder that `fiducial prepare` wrote.

    folder: the folder; scheme: majority, ectopy or review; records: names to keep (None: all);
    exclude: names to leave out. Raises ValueError where the folder is not what it says it is.
    """
    folder = Path(folder)
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    if index.get("format") != FORMAT:
        raise ValueError(f"{folder / 'index.json'}: format is {index.get('format')!r}, not {FORMAT!r}")
    rows = index.pop("segments")
    window = int(index["windowSamples"])

    def tensor(name):
        path = folder / name
        if path.stat().st_size != 4 * window * len(rows):
            raise ValueError(
                f"{path}: {path.stat().st_size} bytes, but {len(rows)} segments of {window} samples"
            )
        return np.memmap(path, dtype="<f4", mode="r", shape=(len(rows), window))

    keep = [
        i
        for i, row in enumerate(rows)
        if row["unreadable"] is None
        and row["labels"] is not None
        and (records is None or row["record"] in records)
        and row["record"] not in exclude
    ]
    if not keep:
        raise ValueError(f"{folder}: no labelled segment of the records asked for")
    return Segments(
        samples=tensor("segments.f32")[keep],
        other=tensor("other-leads.f32")[keep],
        record=np.array([rows[i]["record"] for i in keep]),
        patient=np.array([rows[i]["patient"] for i in keep]),
        abnormal=np.array([rows[i]["labels"][scheme] == "Abnormal" for i in keep]),
        start_s=np.array([rows[i]["startS"] for i in keep], dtype=float),
        source=index,
    )
