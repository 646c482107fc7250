"""Everything that can be chosen about a training, in one place. The card stores it as it was used."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    scheme: str = "majority"
    # Simulated patients, and what learns from them before any patient is seen.
    simulated: int = 12000
    teacher_epochs: int = 2
    teacher_rate: float = 2e-3
    pretrain_epochs: int = 8
    pretrain_rate: float = 4e-3
    # Training on patients: half of each batch of theirs, half simulated.
    epochs: int = 4
    patience: int = 2
    windows_per_patient: int = 60
    batch: int = 64
    learning_rate: float = 1e-3
    teacher_share: float = 0.9
    # All stages.
    weight_decay: float = 1e-2
    dropout: float = 0.05
    label_smoothing: float = 0.05
    token_group: int = 7
    average: float = 0.98
    turn: float = 0.4
    gain: float = 0.2
    stretch: float = 0.1
    slow_waves: float = 0.8
    noise: float = 0.05
    wander: float = 0.1
    validation_stride: int = 10
    seed: int = 1
