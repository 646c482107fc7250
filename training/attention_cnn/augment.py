"""Random changes of a batch that leave its label true. All work on [B, 3600] standardised segments."""

import math

import torch
from torch.nn import functional as F


def augment(x: torch.Tensor, other: torch.Tensor, recipe, generator: torch.Generator) -> torch.Tensor:
    """Turned lead, time stretch, circular shift, wander, white noise and gain, each as strong as the recipe says.

    other: the same windows of another lead, zeros where there is none.
    """
    b, n = x.shape

    def uniform(low, high):
        return low + (high - low) * torch.rand(b, 1, generator=generator)

    if recipe.turn:
        # Two leads are two projections of one electrical vector, and electrodes never sit where they should: a
        # lead between the two is what another placement, or another heart's axis, would have recorded.
        turned = (uniform(0, 1) < recipe.turn) & (other.abs().amax(dim=1, keepdim=True) > 0)
        angle = uniform(-math.pi / 2, math.pi / 2) * turned
        x = torch.cos(angle) * x + torch.sin(angle) * other
        x = (x - x.mean(dim=1, keepdim=True)) / (x.std(dim=1, keepdim=True) + 1e-6)
    if recipe.slow_waves:
        # T waves and ST segments grow, shrink and turn with posture, rate, drugs and ischaemia while the beats keep
        # their label; what the label is about, the QRS complex, lies mostly above 8 Hz (Thakor et al. 1984).
        spectrum = torch.fft.rfft(x)
        hz = torch.fft.rfftfreq(n, d=10 / n)
        low = 1 / (1 + (hz / 8) ** 4)
        x = torch.fft.irfft(spectrum * (1 + uniform(-1, 1) * recipe.slow_waves * low), n=n)
        x = (x - x.mean(dim=1, keepdim=True)) / (x.std(dim=1, keepdim=True) + 1e-6)
    if recipe.stretch:
        # Heart rates 1/(1+s) to 1/(1-s) times the recorded one; samples past the end are mirrored.
        rate = uniform(1 - recipe.stretch, 1 + recipe.stretch)
        position = (torch.arange(n) - n / 2) * rate + n / 2
        position = (n - 1) - ((n - 1) - position.abs()).abs()
        grid = torch.stack([position / (n - 1) * 2 - 1, torch.zeros_like(position)], dim=-1)[:, None]
        x = F.grid_sample(x[:, None, None], grid, align_corners=True)[:, 0, 0]
    start = torch.randint(0, n, (b, 1), generator=generator)
    x = torch.gather(x, 1, (torch.arange(n) + start) % n)
    if recipe.wander:
        # The chain's band begins at 0.5 Hz, so what is left of wander lies just above it.
        t = torch.arange(n) / n * 10
        x = x + uniform(0, recipe.wander) * torch.sin(
            2 * math.pi * (uniform(0.3, 1.0) * t + uniform(0, 1))
        )
    if recipe.noise:
        x = x + uniform(0, recipe.noise) * torch.randn(b, n, generator=generator)
    if recipe.gain:
        x = x * uniform(1 - recipe.gain, 1 + recipe.gain)
    return x
