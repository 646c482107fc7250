"""Everything that can be chosen about a training, in one place. The card stores it as it was used."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    scheme: str = "majority"
    epochs: int = 6
    patience: int = 2
    windows_per_patient: int = 60
    batch: int = 32
    learning_rate: float = 1e-3
    wide_layer_rate: float = 0.3
    weight_decay: float = 1e-2
    dropout: float = 0.5
    label_smoothing: float = 0.05
    key_fraction: float = 1 / 6
    average: float = 0.98
    turn: float = 0.4
    gain: float = 0.2
    stretch: float = 0.1
    slow_waves: float = 0.8
    noise: float = 0.05
    wander: float = 0.1
    validation_stride: int = 10
    seed: int = 1
