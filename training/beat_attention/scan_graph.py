"""The network as it scans: the answers of `Deployed`, with every beat read once.

Sequences of 64 beats overlap by half, and four fifths of the work are the reading of single beats. Here the rows of a
batch follow each other: each beat is read once, and a sequence is either a row, or the second half of a row and the
first half of the next. What is answered of a beat is the answer of the sequence in which it lies nearest the middle;
the first and the last sixteen beats of a batch lie in one sequence only. So row 0 of a batch of one gets the answers
of `Deployed`, and of a longer batch what `Deployed` says to sequences that begin every 32 beats.

Of the first layer only what differs is left: `beat` and `beat - dominant` are one product, and what the dominant beat
has to do with it is a bias of its row.
"""

import torch
import torch.nn.functional as F
from torch import nn

from .model import MASKED, P_WAVE, SEQUENCE, WIDTH, WINDOW, beat_measures, p_waves

HALF, QUARTER = SEQUENCE // 2, SEQUENCE // 4
P_WIDTH = P_WAVE.stop - P_WAVE.start


class Scanning(nn.Module):
    """`Deployed` of rows that follow each other: same inputs, same outputs."""

    def __init__(self, deployed):
        super().__init__()
        self.deployed = deployed
        self.readers = nn.ModuleList(Reader(net) for net in deployed.members)

    def forward(self, windows, dominant, present, rhythm, mask, form_means, form_beats):
        b, n, leads, _ = windows.shape
        columns, measures = read_once(windows, dominant, form_means, form_beats)
        absent = ((present - 1) * MASKED)[..., None]
        both = lambda x: torch.cat([x, _straddling(x)], 0)
        rhythm, mask = both(rhythm), both(mask)
        answers = []
        for net, reader in zip(self.deployed.members, self.readers):
            beats = reader(columns, measures, dominant, absent, (b, n, leads))
            answers.append(net.attend(both(beats) + net.rhythm(net.rhythm_measures(rhythm, mask)), mask))
        return tuple(_nearest_middle(answer) for answer in self.deployed.combined(answers))


class Reader(nn.Module):
    """A member's reading of single beats: `LeadEncoder`, and the leads weighed against each other."""

    def __init__(self, net):
        super().__init__()
        first, *self_rest = net.encoder.shape
        weight = first.weight.detach()
        beat, of_beat, p, of_p, mean, of_mean, p1, of_p1 = weight.split([WINDOW, WINDOW, P_WIDTH, P_WIDTH] * 2, 1)
        both = torch.cat([2 * (beat + of_beat), 2 * (mean + of_mean), p + of_p, p1 + of_p1, -(of_p + of_p1)], 1)
        self.columns = nn.Parameter(both.T.contiguous())
        self.usual = nn.Parameter((-2 * (of_beat + of_mean)).T.contiguous())
        self.bias = nn.Parameter(first.bias.detach().clone())
        self.rest, self.measure = nn.Sequential(*self_rest), net.encoder.measure
        self.gate, self.value = net.gate, net.value

    def forward(self, columns, measures, dominant, absent, shape):
        """columns [b * 64 * leads, 282] and measures of `read_once` to what is known of each beat, [b, 64, WIDTH]."""
        b, n, leads = shape
        usual = (dominant @ self.usual + self.bias)[:, None]
        layer = (columns @ self.columns).reshape(b, n, leads, -1) + usual
        e = self.rest(layer.reshape(b * n * leads, -1)) + self.measure(measures)
        gate = self.gate(F.gelu(e)).reshape(b, n, leads, WIDTH) + absent
        value = self.value(e).reshape(b, n, leads, WIDTH)
        # As a softmax over the leads; ONNX Runtime's own over an axis that is not the last is several times slower.
        weight = (gate - gate.amax(2, keepdim=True)).exp()
        return (weight * value).sum(2) / weight.sum(2)


def read_once(windows, dominant, form_means, form_beats):
    """What all members read of a beat in a lead: [b * 64 * leads, 282] columns of the first layer, and 24 measures."""
    b, n, leads, _ = windows.shape
    row = lambda x: x.reshape(-1, WINDOW)
    count = form_beats.clamp(min=1)[..., None].expand(b, n, leads).reshape(-1)
    beat, mean, usual = row(windows), row(form_means), row(dominant[:, None].expand(b, n, leads, WINDOW))
    p, p1, p0, p_scale = p_waves(beat, mean, usual)
    columns = torch.cat([beat, mean, p / p_scale, p1 / p_scale, p0 / p_scale], 1)
    return columns, beat_measures(beat, mean, count, usual)


def _straddling(x):
    """Second half of each row with the first half of the next, [b, 64, ...]; after the last row comes the first."""
    return torch.cat([x[:, HALF:], _turned(x[:, :HALF], 1)], 1)


def _turned(x, by: int):
    """Row i + by of a batch in the place of row i. No part of it is empty, whatever the size of the batch."""
    rows = torch.arange(x.shape[0], device=x.device)
    return x.index_select(0, (rows + by) % x.shape[0])


def _nearest_middle(answer):
    """Of answers to rows, then to what straddles them, [2b, 64, ...], those that count, [b, 64, ...]."""
    rows, straddling = answer.chunk(2)
    b = rows.shape[0]
    place = torch.arange(b, device=rows.device).reshape(-1, *[1] * (rows.dim() - 1))
    before = _turned(straddling[:, HALF : HALF + QUARTER], -1)
    first = torch.where(place == 0, rows[:, :QUARTER], before)
    last = torch.where(place == b - 1, rows[:, -QUARTER:], straddling[:, QUARTER:HALF])
    return torch.cat([first, rows[:, QUARTER:-QUARTER], last], 1)
