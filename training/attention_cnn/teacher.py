"""What every training begins with: simulated patients, a teacher that learned from them, and pretrained weights.

None of it has seen a patient, so the folds share it.

The teacher is another kind of network, for training only: it sees whole QRS complexes where the reference network
sees 44 ms at a time, and learns the simulated patients in two epochs. Its answers to real strips, varied at random,
are what the reference network is then trained on, mixed with the reference labels (distillation, Hinton et al. 2015).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from .descend import descend, device_in_use
from .model import SharedCnn, some_tokens
from .simulate import simulate


class Teacher(nn.Module):
    """[B, 1, 3600] at 360 Hz to logits [B, 2]: convolutions at 120 to 30 Hz, pooled over time by mean and attention."""

    def __init__(self, width: int = 32, dropout: float = 0.2):
        super().__init__()

        def layer(inputs, outputs, size, dilation=1):
            padding = size // 2 * dilation
            convolution = nn.Conv1d(inputs, outputs, size, padding=padding, dilation=dilation)
            return nn.Sequential(convolution, nn.BatchNorm1d(outputs), nn.ReLU())

        self.features = nn.Sequential(
            layer(1, width, 9),
            nn.MaxPool1d(2),
            layer(width, width, 7),
            nn.MaxPool1d(2),
            layer(width, 2 * width, 5),
            layer(2 * width, 2 * width, 5, dilation=2),
        )
        self.score = nn.Conv1d(2 * width, 2 * width, 1)
        self.decide = nn.Sequential(
            nn.Dropout(dropout),
            nn.Linear(4 * width, 64),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(64, 2),
        )

    def forward(self, segments: torch.Tensor) -> torch.Tensor:
        features = self.features(F.avg_pool1d(segments, 3))
        weights = torch.softmax(self.score(features), dim=2)
        pooled = torch.cat([features.mean(dim=2), (weights * features).sum(dim=2)], dim=1)
        return self.decide(pooled)


@dataclass(frozen=True)
class Beginning:
    """Where the trainings on patients start from."""

    samples: np.ndarray  # [n, 3600] simulated
    abnormal: np.ndarray  # [n] bool
    teacher: Teacher
    weights: dict  # of SharedCnn

    def draw(self, count: int, generator: torch.Generator) -> tuple:
        """Simulated strips [count, 3600] at random, each turned round by a random time, and their labels [count]."""
        rows = torch.randint(0, len(self.samples), (count,), generator=generator).numpy()
        return turned(self.samples[rows], generator), torch.from_numpy(self.abnormal[rows].astype(np.int64))


def turned(samples: np.ndarray, generator: torch.Generator) -> torch.Tensor:
    shift = int(torch.randint(0, samples.shape[1], (1,), generator=generator))
    return torch.roll(torch.from_numpy(samples), shift, dims=1)


def begin_with(recipe, runs: Path, log=print) -> Beginning:
    """Simulates, and trains the teacher and the reference network on it; both are resumed where they were left."""
    device = device_in_use()
    samples, abnormal = simulate(recipe.simulated, recipe.seed)
    log(f"{len(samples)} simulated patients, {np.mean(abnormal):.0%} of them Abnormal")

    def batches(rng):
        rows = rng.permutation(len(samples))
        return [rows[i : i + recipe.batch] for i in range(0, len(rows), recipe.batch)]

    def learn(build, name, rate, epochs, answer):
        torch.manual_seed(recipe.seed)
        model = build().to(device)

        def loss_of(model, rows, generator):
            x = turned(samples[rows], generator)[:, None].to(device)
            y = torch.from_numpy(abnormal[rows].astype(np.int64)).to(device)
            return F.cross_entropy(
                answer(model, x, generator), y, label_smoothing=recipe.label_smoothing
            )

        path = runs / f"{name}.pt"
        return descend(model, batches, loss_of, recipe, path, rate=rate, length=epochs, log=log)[0]

    log("Teacher, on simulated patients")
    teacher = learn(
        Teacher, "teacher", recipe.teacher_rate, recipe.teacher_epochs, lambda m, x, _: m(x)
    )
    log("Reference network, on simulated patients")
    student = learn(
        lambda: SharedCnn(recipe.dropout),
        "pretrained",
        recipe.pretrain_rate,
        recipe.pretrain_epochs,
        lambda m, x, generator: m(x, some_tokens(recipe.token_group, generator)),
    )
    return Beginning(samples, abnormal, teacher, student.state_dict())
