"""Simulated patients whose label is known: 10-s strips, each of another heart.

Under scheme `majority` a strip is Abnormal nearly always because most of its QRS complexes are wide, and the 22
training patients hold a handful of forms of that. Here every strip has a form of its own: a beat is a sum of Gaussian
waves (McSharry et al. 2003) with random places, widths and signs, stretched until its QRS complex lasts as long as it
is to last. Everything else (P, ST, T, rate, rhythm, ectopic beats, wander, noise, bandwidth) is drawn alike for narrow
and wide, so that nothing but the QRS complex tells them apart ("domain randomisation", Tobin et al. 2017). Durations:
62 to 104 ms, and from 112 ms on, because one lead shows less than the 120 ms that define bundle branch block over
all leads (Surawicz et al. 2009). No simulated patient is anybody's copy, so all folds may share them.
"""

import numpy as np

RATE = 360
WINDOW = 3600
MARGIN = 720  # samples of signal on both sides that the filter may spoil
ONSET = 180  # of the QRS complex in a template
TEMPLATE = 480
BEATS = 40  # more than fit into a strip
NARROW_MS = (62, 104)
WIDE_MS = (112, 180)
VENTRICULAR_MS = (130, 200)
T_AFTER_WIDE_MS = 108
AT_ONCE = 256


def simulate(count: int, seed: int) -> tuple:
    """`count` standardised strips [n, 3600] float32, and whether most beats of each are wide [n] bool."""
    rng = np.random.default_rng(seed)
    strips, abnormal, have = [], [], 0
    while have < count:
        x, y = _patients(AT_ONCE, rng)
        strips.append(x)
        abnormal.append(y)
        have += len(y)
    return np.concatenate(strips)[:count], np.concatenate(abnormal)[:count]


def _patients(n: int, rng) -> tuple:
    """Up to n strips: those in which wide and narrow beats are about equally many are left out."""
    wide = rng.random(n) < 0.5
    narrow_ms = np.clip(rng.normal(85, 10, n), *NARROW_MS)
    duration = np.where(wide, rng.uniform(*WIDE_MS, n), narrow_ms)
    form = np.where(wide, rng.choice(["left", "right", "other"], n, p=[0.4, 0.4, 0.2]), "narrow")
    usual, height = np.zeros((n, TEMPLATE)), np.ones(n)
    for name in sorted(set(form.tolist())):
        of = form == name
        usual[of], height[of] = _ventricles(name, duration[of], rng)
    ectopic, ectopic_height = _ventricles("other", rng.uniform(*VENTRICULAR_MS, n), rng)
    ectopic *= (rng.uniform(0.7, 2.2, n) * height / ectopic_height)[:, None]

    at, is_ectopic, fibrillates = _rhythm(n, rng)
    usual += _p_wave(height, rng) * ~fibrillates[:, None]
    signal = _place(usual, ectopic, at, is_ectopic, rng)
    signal = _disturb(signal, height, fibrillates, rng)

    inside = (at >= 0) & (at < WINDOW / RATE)
    beats, premature = inside.sum(1), (is_ectopic & inside).sum(1)
    share = np.where(wide, 1, premature / np.maximum(beats, 1))
    clear = np.abs(share - 0.5) > 0.04
    return signal[clear].astype(np.float32), share[clear] > 0.5


def _ventricles(form: str, duration: np.ndarray, rng) -> tuple:
    """QRS, ST and T of beats with QRS complexes of `duration` ms: templates [n, TEMPLATE] and heights [n]."""
    n = len(duration)
    uniform = lambda low, high: rng.uniform(low, high, n)
    grid, shape, begin, length = _qrs(form, n, rng)
    ms = (np.arange(TEMPLATE) - ONSET) / RATE * 1000
    out = np.empty((n, TEMPLATE))
    for i in range(n):
        out[i] = np.interp(ms / duration[i] * length[i] + begin[i], grid, shape[i], left=0, right=0)
    height = np.exp(rng.normal(0, 0.35, n))
    out *= height[:, None]

    # T mostly opposes a wide QRS complex (secondary T, Surawicz et al. 2009), and mostly is upright otherwise.
    area = np.sign(out.sum(1))
    wide = duration > T_AFTER_WIDE_MS
    sign = np.where(wide, -area, 1) * _signs(n, 0.8, rng)
    size = sign * uniform(0.02, 0.5) * height * (1 + wide * uniform(0, 0.4))
    width = uniform(35, 80)
    peak = uniform(250, 420) + (duration - 90) * 0.6 - 1.6 * width
    from_peak = ms - peak[:, None]
    rising = (width * uniform(1, 1.6))[:, None]
    out += size[:, None] * np.exp(-0.5 * (from_peak / np.where(from_peak < 0, rising, width[:, None])) ** 2)
    segment = rng.normal(0, 0.06, n) * height + size * uniform(0, 0.4)
    out += segment[:, None] * _sigmoid((ms - duration[:, None]) / 8) * _sigmoid(-from_peak / 25)
    ends = np.minimum(np.arange(TEMPLATE), np.arange(TEMPLATE)[::-1])
    return out * np.minimum(1, ends / 20), height


def _qrs(form: str, n: int, rng) -> tuple:
    """Random QRS complexes, highest point 1, on a grid of arbitrary time: grid, [n, grid], onset and length."""
    grid = np.linspace(-1, 2, 600)
    centre, amplitude, width = np.zeros((n, 5)), np.zeros((n, 5)), np.full((n, 5), 0.1)
    uniform = lambda low, high: rng.uniform(low, high, n)
    sometimes = lambda chance: rng.random(n) < chance

    def wave(k, place, size, spread):
        centre[:, k], amplitude[:, k], width[:, k] = uniform(*place), size, uniform(*spread)

    if form == "narrow":  # q, R and s of any proportions, and a notch
        wave(0, (0.1, 0.25), -uniform(0, 0.35) * sometimes(0.6), (0.06, 0.1))
        wave(1, (0.4, 0.55), 1, (0.09, 0.17))
        s = np.where(sometimes(0.25), uniform(0.5, 1.5), uniform(0, 0.5))
        wave(2, (0.72, 0.9), -s * sometimes(0.8), (0.06, 0.13))
        wave(3, (0.3, 0.8), uniform(-0.3, 0.3) * sometimes(0.3), (0.05, 0.1))
    elif form == "left":  # left bundle branch: one broad wave, notched or slurred
        sign = _signs(n, 0.85, rng)
        wave(0, (0.2, 0.4), sign * uniform(0.4, 1), (0.1, 0.2))
        wave(1, (0.5, 0.8), sign * uniform(0.3, 1.1), (0.1, 0.22))
        wave(2, (0.4, 0.6), sign * uniform(0, 0.7), (0.15, 0.25))
        wave(3, (0.9, 1), -sign * uniform(0, 0.5) * sometimes(0.4), (0.06, 0.12))
        wave(4, (0.03, 0.15), uniform(-0.25, 0.35) * sometimes(0.5), (0.04, 0.09))
    elif form == "right":  # right bundle branch: a usual first half, then a slow last wave, be it small
        sign = _signs(n, 0.25, rng)
        wave(0, (0.05, 0.15), -uniform(0, 0.35) * sometimes(0.6), (0.04, 0.07))
        wave(1, (0.22, 0.36), uniform(0.3, 1), (0.06, 0.11))
        wave(2, (0.62, 0.8), sign * np.exp(uniform(np.log(0.07), np.log(0.9))), (0.1, 0.22))
        wave(3, (0.45, 0.6), -uniform(0, 0.6) * sometimes(0.5), (0.05, 0.1))
        wave(4, (0.75, 0.95), sign * uniform(0, 0.3), (0.1, 0.15))
    else:  # ventricular, or unspecific delay: one to three broad waves of any sign
        waves = rng.integers(1, 4, n)
        for k in range(3):
            wave(k, (0.1, 0.9), (waves > k) * uniform(0.3, 1) * _signs(n, 0.5, rng), (0.12, 0.32))
        wave(3, (0, 1), uniform(-0.2, 0.2), (0.04, 0.1))
    gaussians = np.exp(-0.5 * ((grid - centre[..., None]) / width[..., None]) ** 2)
    shape = (amplitude[..., None] * gaussians).sum(1)
    shape /= np.abs(shape).max(1, keepdims=True) + 1e-9
    # A reader sees the complex begin and end where it leaves the baseline by about a twentieth of its height.
    seen = np.abs(shape) > 0.05
    begin = grid[seen.argmax(1)]
    end = grid[len(grid) - 1 - seen[:, ::-1].argmax(1)]
    return grid, shape, begin, np.maximum(end - begin, 0.2)


def _p_wave(height: np.ndarray, rng) -> np.ndarray:
    """Templates [n, TEMPLATE]; 15 % have none, 10 % an inverted one."""
    n = len(height)
    ms = (np.arange(TEMPLATE) - ONSET) / RATE * 1000
    width = rng.uniform(16, 32, n)
    centre = 2.2 * width - rng.uniform(110, 230, n)
    size = height * rng.uniform(0.02, 0.22, n) * _signs(n, 0.9, rng) * (rng.random(n) < 0.85)
    return size[:, None] * np.exp(-0.5 * ((ms - centre[:, None]) / width[:, None]) ** 2)


def _rhythm(n: int, rng) -> tuple:
    """Times of the beats in s [n, BEATS], which are ectopic, and which strips [n] are as irregular as fibrillation."""
    interval = 60 / np.exp(rng.uniform(np.log(48), np.log(115), n))
    fibrillates = rng.random(n) < 0.2
    spread = np.where(fibrillates, rng.uniform(0.1, 0.28, n), rng.uniform(0.005, 0.06, n))
    chosen = rng.random(n)
    share = np.where(chosen < 0.225, rng.uniform(0, 0.2, n), rng.uniform(0.2, 0.95, n)) * (chosen < 0.45)
    ectopic = rng.random((n, BEATS)) < share[:, None]
    pattern = rng.random(n)
    ectopic[(share > 0.2) & (pattern < 0.25)] = np.arange(BEATS) % 2 == 0
    ectopic[(share > 0.2) & (pattern > 0.85)] = np.arange(BEATS) % 3 == 0

    steps = interval[:, None] * (1 + spread[:, None] * rng.normal(0, 1, (n, BEATS)))
    steps = np.clip(steps, 0.3, 2.2)
    early = np.broadcast_to(rng.uniform(0.55, 0.85, n)[:, None], steps.shape)
    pause = (2 - early) * rng.uniform(0.8, 1.05, n)[:, None]
    after = np.zeros_like(ectopic)
    after[:, 1:] = ectopic[:, :-1] & ~ectopic[:, 1:]
    steps = np.where(ectopic, steps * early, np.where(after, steps * pause, steps))
    return np.cumsum(steps, axis=1) + rng.uniform(-1, 0, n)[:, None], ectopic, fibrillates


def _place(usual, ectopic, at, is_ectopic, rng) -> np.ndarray:
    """The beats at their times [n, WINDOW + 2 MARGIN], their height varying with breath and by chance."""
    n, total = len(usual), WINDOW + 2 * MARGIN
    breath = rng.uniform(0.15, 0.35, n)[:, None] * at + rng.random(n)[:, None]
    gain = 1 + rng.normal(0, 0.05, at.shape) + rng.uniform(0, 0.12, n)[:, None] * np.sin(2 * np.pi * breath)
    start = np.round(at * RATE).astype(int) + MARGIN - ONSET
    signal = np.zeros((n, total + TEMPLATE))
    for beat in range(at.shape[1]):
        rows = np.flatnonzero((start[:, beat] >= 0) & (start[:, beat] < total))
        template = np.where(is_ectopic[rows, beat, None], ectopic[rows], usual[rows])
        places = start[rows, beat, None] + np.arange(TEMPLATE)
        signal[rows[:, None], places] += template * gain[rows, beat, None]
    return signal[:, :total]


def _disturb(signal, height, fibrillates, rng) -> np.ndarray:
    """Wander, fibrillatory waves, noise of any colour; then the signal chain's band, and standardised."""
    n, total = signal.shape
    t = np.arange(total) / RATE
    column = lambda low, high: rng.uniform(low, high, n)[:, None]
    sine = lambda low, high: np.sin(2 * np.pi * (column(low, high) * t + column(0, 1)))
    drift = column(0, 0.35) * sine(0.1, 0.6) + column(0, 0.1) * sine(0.3, 1.2)
    phase = 2 * np.pi * column(4, 8) * t + 3 * np.sin(2 * np.pi * column(0.2, 0.7) * t)
    waves = column(0, 0.1) * fibrillates[:, None] * np.sin(phase)

    hz = np.fft.rfftfreq(total, 1 / RATE)
    colour = (1 + hz) ** -column(0, 1.2)
    noise = np.fft.irfft(np.fft.rfft(rng.normal(0, 1, (n, total))) * colour, n=total)
    noise *= np.exp(column(np.log(0.005), np.log(0.12))) / noise.std(1, keepdims=True)
    signal = signal + height[:, None] * (drift + waves + noise)

    # The gain of the chain's forward and backward Butterworth band-pass, and of a recorder of any bandwidth.
    band = 1 / (1 + (hz / 50) ** 10) / (1 + (0.5 / np.maximum(hz, 1e-3)) ** 10)
    recorder = 1 / np.sqrt(1 + (hz / np.exp(column(np.log(28), np.log(150)))) ** 8)
    signal = np.fft.irfft(np.fft.rfft(signal) * band * recorder, n=total)[:, MARGIN : MARGIN + WINDOW]
    return (signal - signal.mean(1, keepdims=True)) / signal.std(1, keepdims=True)


def _signs(n: int, chance: float, rng) -> np.ndarray:
    """1 with this chance, else -1."""
    return np.where(rng.random(n) < chance, 1.0, -1.0)


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))
