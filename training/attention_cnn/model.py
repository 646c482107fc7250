"""The architecture of the reference README, in PyTorch's standard modules."""

import torch
from torch import nn
from torch.nn import functional as F

WINDOW = 3600
TOKENS = WINDOW // 4
CHANNELS = 64
HEADS = 8
HIDDEN = 128
FACTOR = 64


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

    def forward(self, segments: torch.Tensor) -> torch.Tensor:
        """Logits."""
        tokens = self.tokens(segments)
        attended, _ = self.attention(tokens, tokens, tokens, need_weights=False)
        return self.fc2(self.dropout(F.relu(self.fc1(attended.flatten(1)))))


class SharedCnn(nn.Module):
    """AttentionCnn as it is trained: its wide layer has one block of 64 x 128 weights, the same for every token.

    A strip may begin anywhere in the heart's cycle, so nothing can be learned about a token's place; 57,600 free
    weights per unit learn the training patients instead. The sum over tokens of one block is the block times their
    mean, and a mean can be estimated from some of them: `forward` takes a random few, as queries and as keys, and
    computes the convolutions there only.
    """

    REACH = 16  # samples that one token sees: two convolutions of 5 and two poolings of 2
    AHEAD = 6  # of them before the token's own four

    def __init__(self, dropout: float = 0.5):
        super().__init__()
        self.conv1 = nn.Conv1d(1, 32, 5)
        self.conv2 = nn.Conv1d(32, CHANNELS, 5)
        self.attention = nn.MultiheadAttention(CHANNELS, HEADS, batch_first=True)
        self.fc1 = nn.Linear(CHANNELS, HIDDEN)
        self.dropout = nn.Dropout(dropout)
        self.fc2 = nn.Linear(HIDDEN, 2)

    def tokens(self, segments: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
        """[B, 1, 3600] to [B, len(at), 64]. Tokens 0 and 899, at the padding, would differ from AttentionCnn's."""
        windows = F.pad(segments[:, 0], (self.AHEAD, self.AHEAD)).unfold(1, self.REACH, 4)[:, at]
        x = F.relu(F.max_pool1d(self.conv1(windows.reshape(-1, 1, self.REACH)), 2))
        x = F.relu(self.conv2(x).amax(dim=2))
        return x.view(*windows.shape[:2], CHANNELS)

    def forward(self, segments: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
        """Logits, estimated from the tokens `at`."""
        tokens = self.tokens(segments, at)
        attended, _ = self.attention(tokens, tokens, tokens, need_weights=False)
        return self.fc2(self.dropout(F.relu(self.fc1(attended.mean(dim=1)))))

    @torch.no_grad()
    def spread(self) -> AttentionCnn:
        """The same function of all tokens in the reference architecture, ready for inference."""
        full = AttentionCnn(self.dropout.p)
        state = {key: value.detach().cpu().clone() for key, value in self.state_dict().items()}
        # 1/900 of a weight is too small for half precision, in which the layer is stored; ReLU passes a factor on.
        state["fc1.weight"] = (state["fc1.weight"] * (FACTOR / TOKENS)).repeat(1, TOKENS)
        state["fc1.bias"] *= FACTOR
        state["fc2.weight"] /= FACTOR
        full.load_state_dict(state)
        return full.eval()


def some_tokens(group: int, generator: torch.Generator = None) -> torch.Tensor:
    """One token of every `group` neighbours, a random one or, without a generator, the middle one."""
    count = (TOKENS - 2) // group
    shift = torch.full((count,), group // 2)
    if generator is not None:
        shift = torch.randint(0, group, (count,), generator=generator)
    return 1 + torch.arange(count) * group + shift
