"""Checkpoints that survive being killed at any moment."""

import os
from pathlib import Path

import torch


def save(path, state: dict) -> None:
    """Writes through a temporary file and a rename, so that a kill leaves the old or the new file, never half."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".tmp")
    torch.save(state, temporary)
    os.replace(temporary, path)


def load(path):
    """The state saved at path, on the CPU, or None where there is none."""
    path = Path(path)
    return torch.load(path, map_location="cpu") if path.exists() else None
