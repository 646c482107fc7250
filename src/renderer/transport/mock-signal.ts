import { firstWhere } from '../../shared/domain/lower-bound';

/** A made-up ECG for developing the interface: no claim to physiology, but every class and state occurs. */

export interface MockBeat {
  timeS: number;
  beatClass: number;
}

function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Beats of a recording; 0 N, 1 S, 2 V. Runs of bigeminy, an AF-like stretch, and quiet sinus rhythm. */
export function mockBeats(durationS: number, seed = 7): MockBeat[] {
  const next = random(seed);
  const beats: MockBeat[] = [];
  let t = 0.4;
  while (t < durationS) {
    const minute = Math.floor(t / 60) % 8;
    const roll = next();
    const busy = minute === 1 || minute === 5;
    const previousV = beats.at(-1)?.beatClass === 2;
    let beatClass = 0;
    if (busy && !previousV && roll < 0.34) beatClass = 2;
    else if (roll < 0.008) beatClass = 2;
    else if (roll > 0.985) beatClass = 1;
    beats.push({ timeS: t, beatClass });
    const rr = minute === 3 ? 0.5 + next() * 0.5 : 0.8 + 0.04 * Math.sin(t / 4) + 0.02 * next();
    t += beatClass === 2 ? rr * 1.25 : roll > 0.975 ? rr * 0.7 : rr;
    if (beatClass === 0 && busy && next() < 0.3) t -= rr * 0.3;
  }
  return beats;
}

const bump = (dt: number, at: number, width: number, height: number): number =>
  height * Math.exp(-((dt - at) ** 2) / (2 * width * width));

/** Value in mV of `lead` at time `t`; NaN in the lead-off stretch. */
export function mockValue(beats: readonly MockBeat[], lead: number, t: number): number {
  if (t > 420 && t < 436) return NaN;
  const sign = lead % 2 === 1 ? -0.6 : 1;
  const first = firstWhere(beats, ({ timeS }) => timeS >= t - 0.7);
  let value = 0.01 * Math.sin(t * 377) + 0.04 * Math.sin(t * 1.3);
  for (let i = first; i < beats.length && beats[i]!.timeS < t + 0.4; i++) {
    const beat = beats[i]!;
    const dt = t - beat.timeS;
    if (beat.beatClass === 2)
      value +=
        sign * (bump(dt, 0, 0.04, 1.3) + bump(dt, 0.03, 0.03, 0.4) - bump(dt, 0.22, 0.07, 0.5));
    else
      value +=
        sign *
        (bump(dt, -0.17, 0.022, beat.beatClass === 1 ? -0.05 : 0.12) -
          bump(dt, -0.028, 0.009, 0.12) +
          bump(dt, 0, 0.011, 1.1) -
          bump(dt, 0.028, 0.011, 0.25) +
          bump(dt, 0.27, 0.045, 0.24));
  }
  return value;
}
