"""The architecture of the reference README (design.md, section 5), in PyTorch's standard modules."""

import torch
from torch import nn
from torch.nn import functional as F

WINDOW = 3600
TOKENS = WINDOW // 4
CHANNELS = 64
HEADS = 8
HIDDEN = 128


class AttentionCnn(nn.Module):
    """Standardised segments [B, 1, 3600] to logits [B, 2] (Normal, Abnormal)."""

    def __init__(self, dropout: float = 0.5):
        super().__init__()
        self.conv1 = nn.Conv1d(1, 32, 5, padding=2)
        self.conv2 = nn.Conv1d(32, CHANNELS, 5, padding=2)
        self.attention = nn.MultiheadAttention(CHANNELS, HEADS, batch_first=True)
        self.fc1 = nn.Linear(TOKENS * CHANNELS, HIDDEN)
        self.dropout = nn.Dropout(dropout)
        self.fc2 = nn.Linear(HIDDEN, 2)

    def tokens(self, segments: torch.Tensor) -> torch.Tensor:
        """[B, 1, 3600] to [B, 900, 64]: one token is four samples wide, 11.1 ms at 360 Hz."""
        x = F.max_pool1d(F.relu(self.conv1(segments)), 2)
        x = F.max_pool1d(F.relu(self.conv2(x)), 2)
        return x.transpose(1, 2)

    def forward(self, segments: torch.Tensor, keys: torch.Tensor = None) -> torch.Tensor:
        """Logits.

        keys: indices of the tokens that may be attended to; all where None. Training passes a random third:
        it costs a third of the time, and works as dropout of attention. Inference always uses all.
        """
        tokens = self.tokens(segments)
        sources = tokens if keys is None else tokens[:, keys]
        attended, _ = self.attention(tokens, sources, sources, need_weights=False)
        return self.fc2(self.dropout(F.relu(self.fc1(attended.flatten(1)))))
