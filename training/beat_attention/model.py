"""The network. A beat is read lead by lead, then together with its RR intervals, then among its neighbours."""

import torch
import torch.nn.functional as F
from torch import nn

WINDOW = 96  # samples at 128 Hz, as src/core/beats/features/beat-window.ts
PEAK = 38  # index of the R peak
SEQUENCE = 64  # beats that attend to each other, about 50 s
HEADS = 8
WIDTH = 96
CLASSES = ("N", "S", "V", "F", "Q")
FLUTTER = len(CLASSES)  # label of flutter waves: trained as V, left out of beat figures
TASKS = ("ectopy", "review")

P_WAVE = slice(4, 34)
QRS = slice(28, 52)
ST_T = slice(54, 96)
MASKED = 1e4


def _rms2(x):
    return x.square().mean(1)


def _correlation(a, b):
    a = a - a.mean(1, keepdim=True)
    b = b - b.mean(1, keepdim=True)
    return (a * b).sum(1) / (a.square().sum(1) * b.square().sum(1) + 1e-6).sqrt()


def _qrs_width(x):
    """Spread in time of the slope's energy, in units of 10 samples (78 ms)."""
    energy = (x[:, 18:66] - x[:, 17:65]).square() + 1e-7
    at = torch.arange(48, device=x.device, dtype=x.dtype)
    mean = (energy * at).sum(1, keepdim=True) / energy.sum(1, keepdim=True)
    return ((energy * (at - mean).square()).sum(1) / energy.sum(1)).sqrt() / 10


def p_waves(beat, mean, dominant):
    """P waves about their mean, [n, 30], and the scale at which they are as high as a QRS complex, [n, 1]."""
    p, p1, p0 = (x[:, P_WAVE] - x[:, P_WAVE].mean(1, keepdim=True) for x in (beat, mean, dominant))
    return p, p1, p0, (_rms2(p)[:, None] + _rms2(p0)[:, None] + 1e-4).sqrt() * 2


def beat_measures(beat, mean, count, dominant):
    """24 dimensionless measures of a beat's form beside that of its kind and the dominant one, [n, 24]."""
    difference, of_form = beat - dominant, mean - dominant
    p, p1, p0, _ = p_waves(beat, mean, dominant)
    level = lambda energy: torch.log(energy + 1e-4) / 4
    roughness = (beat[:, 2:22] - 2 * beat[:, 1:21] + beat[:, :20]).square().mean(1)
    height = beat[:, QRS].amax(1) - beat[:, QRS].amin(1)
    width, width0 = _qrs_width(beat), _qrs_width(dominant)
    return torch.stack([
        _correlation(beat, dominant), _correlation(beat[:, QRS], dominant[:, QRS]), _correlation(p, p0),
        _correlation(beat[:, ST_T], dominant[:, ST_T]), width, width0, width - width0, level(_rms2(p)),
        level(_rms2(p0)), level(_rms2(difference[:, 4:30])), level(_rms2(difference[:, QRS])),
        level(_rms2(difference[:, ST_T])), level(roughness), level(height.square()),
        _correlation(mean, dominant), _correlation(mean[:, QRS], dominant[:, QRS]), _correlation(p1, p0),
        _correlation(mean[:, ST_T], dominant[:, ST_T]), _qrs_width(mean), level(_rms2(p1)), level(_rms2(p1 - p0)),
        _correlation(mean, beat), level(_rms2(of_form[:, QRS])), torch.log(count) / 4,
    ], 1)


class LeadEncoder(nn.Module):
    """One beat in one lead, the mean of its form and the recording's dominant beat, all [n, 96], dominant QRS of
    height 1, and the number of beats of the form [n] -> [n, WIDTH].

    The P wave is a tenth of the QRS in height, so it is given once more at a scale of its own. The mean of the form
    shows it, or its absence, where noise hides it in one beat.
    """

    def __init__(self, dropout: float):
        super().__init__()
        self.shape = nn.Sequential(
            nn.Linear(4 * WINDOW + 120, 256), nn.GELU(), nn.Dropout(dropout),
            nn.Linear(256, 192), nn.GELU(), nn.Dropout(dropout), nn.Linear(192, WIDTH),
        )
        self.measure = nn.Sequential(nn.Linear(24, 48), nn.GELU(), nn.Linear(48, WIDTH))

    def forward(self, beat, mean, count, dominant):
        difference, of_form = beat - dominant, mean - dominant
        p, p1, p0, p_scale = p_waves(beat, mean, dominant)
        shape = torch.cat([
            beat * 2, difference * 2, p / p_scale, (p - p0) / p_scale,
            mean * 2, of_form * 2, p1 / p_scale, (p1 - p0) / p_scale,
        ], 1)
        return self.shape(shape) + self.measure(beat_measures(beat, mean, count, dominant))


class Layer(nn.Module):
    """Pre-norm transformer layer with a learned bias per head and distance in beats (Shaw et al. 2018; ALiBi start)."""

    def __init__(self, dropout: float):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.feed = nn.Sequential(
            nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Dropout(dropout), nn.Linear(2 * WIDTH, WIDTH)
        )
        self.dropout = nn.Dropout(dropout)
        distance = (torch.arange(2 * SEQUENCE - 1) - (SEQUENCE - 1)).abs().float()
        slope = 2.0 ** -torch.arange(1, HEADS + 1).float() / 2
        self.relative = nn.Parameter(-slope[:, None] * distance[None])
        place = torch.arange(SEQUENCE)
        self.register_buffer("offset", place[None] - place[:, None] + SEQUENCE - 1, persistent=False)

    def forward(self, x, bias):
        b, n, _ = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
        scores = scores + self.relative[:, self.offset][None] + bias[:, None, None, :]
        x = x + self.dropout(self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(b, n, WIDTH)))
        return x + self.dropout(self.feed(self.norm2(x)))


class BeatAttention(nn.Module):
    """windows [b, 64, leads, 96], dominant [b, leads, 96], present [b, 64, leads], rhythm [b, 64, 5], mask [b, 64],
    form_means [b, 64, leads, 96], form_beats [b, 64].

    Returns class logits [b, 64, 5], fibrillation logit [b, 64], and per task (ectopy, review) the attention logit
    and the score of every beat [b, 64, 2]. A segment's logit is the sum over its beats of softmax(attention) times
    score, plus a bias (`pool`), so that a beat's share of a decision can be read off.
    """

    def __init__(self, layers: int = 2, dropout: float = 0.2):
        super().__init__()
        self.encoder = LeadEncoder(dropout)
        self.gate, self.value = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.rhythm = nn.Sequential(nn.Linear(24, 64), nn.GELU(), nn.Linear(64, WIDTH))
        self.mix = nn.Sequential(nn.LayerNorm(WIDTH), nn.GELU(), nn.Linear(WIDTH, WIDTH))
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(WIDTH)
        self.classes, self.fibrillation = nn.Linear(WIDTH, len(CLASSES)), nn.Linear(WIDTH, 1)
        self.attention, self.score = nn.Linear(WIDTH, len(TASKS)), nn.Linear(WIDTH, len(TASKS))
        self.bias = nn.Parameter(torch.full((len(TASKS),), -1.0))

    @staticmethod
    def rhythm_measures(rhythm, mask):
        """24 dimensionless measures from RR before, after, normal, slow (s) and relative variability."""
        before, after, normal, slow, variability = torch.log(rhythm.clamp(0.02, 6)).unbind(-1)
        count = mask.sum(1, keepdim=True).clamp(min=1)
        over = lambda x: ((x * mask).sum(1, keepdim=True) / count)
        mean = over(before)
        spread = (over((before - mean).square()) + 1e-6).sqrt()
        step = after - before
        successive = (over(step.square()) + 1e-6).sqrt()
        steps = over(step.abs())
        # Of a few ectopic beats most intervals stay regular, in fibrillation few do; means alone cannot tell.
        irregular = [over((step.abs() > limit).to(step.dtype)) for limit in (0.04, 0.1, 0.2)]
        second = F.pad(step[:, 1:] - step[:, :-1], (1, 0))
        previous, following = F.pad(before[:, :-1], (1, 0)), F.pad(after[:, 1:], (0, 1))
        whole = lambda x: x.expand_as(before)
        measures = torch.stack([
            before - normal, after - normal, step, before + 0.2, after + 0.2, normal + 0.2, before - mean,
            after - mean, whole(spread), whole(successive), whole(steps), second, previous - normal,
            following - normal, (before - normal).abs(), whole(mean) - normal, before - slow, after - slow,
            normal - slow, previous - slow, variability / 2 + 1, *(whole(x) for x in irregular),
        ], -1)
        return (measures * 2).clamp(-4, 4)

    def forward(self, windows, dominant, present, rhythm, mask, form_means, form_beats):
        b, n, leads, _ = windows.shape
        usual = dominant[:, None].expand(b, n, leads, WINDOW)
        count = form_beats.clamp(min=1)[..., None].expand(b, n, leads)
        row = lambda x: x.reshape(-1, WINDOW)
        e = self.encoder(row(windows), row(form_means), count.reshape(-1), row(usual)).reshape(b, n, leads, WIDTH)
        share = (self.gate(F.gelu(e)) + (present[..., None] - 1) * MASKED).softmax(2)
        z = (share * self.value(e)).sum(2) + self.rhythm(self.rhythm_measures(rhythm, mask))
        return self.attend(z, mask)

    def attend(self, z, mask):
        """Answers of sequences of beats that have been read, [b, 64, WIDTH]; see the class."""
        z = z + self.mix(z)
        for layer in self.layers:
            z = layer(z, (mask - 1) * MASKED)
        z = self.norm(z)
        return self.classes(z), self.fibrillation(z)[..., 0], self.attention(z), self.score(z)

    def pool(self, attention, score, inside):
        """Segment logits [b, segments, 2] from per-beat values [b, beats, 2]; inside [b, segments, beats] is 0 or 1."""
        share = (attention[:, None] + (inside[..., None] - 1) * MASKED).softmax(2)
        return (share * score[:, None]).sum(2) + self.bias
