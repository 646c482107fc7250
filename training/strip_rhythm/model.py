"""The network of strips: one lead of a strip in, the strip's rhythm out."""

import torch
import torch.nn.functional as F
from torch import nn

RHYTHMS = ("sinus", "fibrillation", "other")
RATE_HZ = 100
STRIDE = 32  # samples per token
WIDTHS = (24, 32, 48, 64, 96)
HEADS = 4
MOST_TOKENS = 200  # 64 s


class Residual(nn.Module):
    """Two convolutions beside a skip, half the tokens out."""

    def __init__(self, wide_in: int, wide_out: int, kernel: int, dropout: float):
        super().__init__()
        self.first = nn.Conv1d(wide_in, wide_out, kernel, 2, kernel // 2, bias=False)
        self.second = nn.Conv1d(wide_out, wide_out, kernel, 1, kernel // 2, bias=False)
        self.norms = nn.ModuleList([nn.BatchNorm1d(wide_out), nn.BatchNorm1d(wide_out)])
        self.skip = nn.Conv1d(wide_in, wide_out, 1, bias=False)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        inner = self.dropout(F.relu(self.norms[0](self.first(x))))
        return F.relu(self.norms[1](self.second(inner)) + self.skip(F.avg_pool1d(x, 2)))


class Attention(nn.Module):
    """One layer of multi-head attention over the tokens and a layer for each by itself, normalised before either
    (Xiong et al. 2020); tokens beyond the strip's end take no part."""

    def __init__(self, wide: int, heads: int, dropout: float):
        super().__init__()
        self.heads = heads
        self.norms = nn.ModuleList([nn.LayerNorm(wide), nn.LayerNorm(wide)])
        self.asked, self.out = nn.Linear(wide, 3 * wide), nn.Linear(wide, wide)
        self.inner = nn.Sequential(nn.Linear(wide, 2 * wide), nn.ReLU(), nn.Dropout(dropout), nn.Linear(2 * wide, wide))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, inside):
        batch, tokens, wide = x.shape
        split = self.asked(self.norms[0](x)).reshape(batch, tokens, 3, self.heads, wide // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        logits = query @ key.transpose(-1, -2) / (wide // self.heads) ** 0.5
        share = self.dropout((logits + (inside[:, None, None] - 1) * 1e4).softmax(-1))
        x = x + self.dropout(self.out((share @ value).permute(0, 2, 1, 3).reshape(batch, tokens, wide)))
        return x + self.dropout(self.inner(self.norms[1](x)))


class StripRhythm(nn.Module):
    """Convolutions to one token in 0.32 s, each of which sees 4.6 s; attention among them; what is pooled by attention
    and by the mean decides.

    signal: [batch, samples] in heights of QRS as `stripSignal` makes it, a multiple of 32 samples; inside: [batch, samples],
    1 in the strip, 0 beyond its end. Returns logits [batch, rhythms].
    """

    def __init__(self, widths=WIDTHS, heads: int = HEADS, dropout: float = 0.15):
        super().__init__()
        wide = widths[-1]
        self.stem = nn.Sequential(nn.Conv1d(1, widths[0], 15, 2, 7, bias=False), nn.BatchNorm1d(widths[0]), nn.ReLU())
        kernels = (7, 7, 7, 5)
        self.blocks = nn.ModuleList(
            [Residual(widths[i], widths[i + 1], kernel, dropout) for i, kernel in enumerate(kernels)]
        )
        self.attention = Attention(wide, heads, dropout)
        self.norm = nn.LayerNorm(wide)
        self.score = nn.Linear(wide, len(RHYTHMS))
        self.head = nn.Sequential(nn.Dropout(0.3), nn.Linear(2 * wide, len(RHYTHMS)))
        self.register_buffer("places", sinusoids(2 * MOST_TOKENS, wide), persistent=False)

    def forward(self, signal, inside):
        x = self.stem((signal * inside)[:, None])
        for block in self.blocks:
            x = block(x)
        inside = inside[:, ::STRIDE]
        # A strip begins anywhere, so that no token learns its own place.
        first = int(torch.randint(0, MOST_TOKENS, (1,))) if self.training else 0
        x = x.transpose(1, 2)
        x = self.norm(self.attention(x + 0.1 * self.places[first : first + x.shape[1]], inside))
        share = (self.score(x) + (inside[..., None] - 1) * 1e4).softmax(1)
        pooled = (share.transpose(1, 2) @ x).mean(1)
        mean = (x * inside[..., None]).sum(1) / inside.sum(1, keepdim=True)
        return self.head(torch.cat([pooled, mean], 1))


def sinusoids(tokens: int, wide: int):
    """Places of tokens (Vaswani et al. 2017), [tokens, wide]."""
    angle = torch.arange(tokens)[:, None] / 10000 ** (torch.arange(0, wide, 2) / wide)[None]
    return torch.cat([angle.sin(), angle.cos()], 1)
