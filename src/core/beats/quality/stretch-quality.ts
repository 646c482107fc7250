import { QUALITY } from './signal-quality';

/** A segment with fewer good seconds than this in ten cannot be judged, if noise is why. */
const LEAST_GOOD_SHARE = 0.4;

/** Quality of a stretch over all leads that are read: what one lead shows is seen. */
export interface StretchQuality {
  /** Start of the first second, from the start of the recording. */
  readonly startS: number;
  /** The best of the leads, per second: 0 off, 1 noisy, 2 good. */
  readonly best: Uint8Array;
}

/** @param leads quality of each lead per second, all from `startS` on */
export function bestOf(leads: readonly Uint8Array[], startS: number): StretchQuality {
  const best = new Uint8Array(leads[0]?.length ?? 0);
  for (const lead of leads) lead.forEach((own, s) => (best[s] = Math.max(best[s]!, own)));
  return { startS, best };
}

/** Seconds that lie in [startS, endS) with half of themselves or more, by quality: [off, noisy, good]. */
function counts({ startS: from, best }: StretchQuality, startS: number, endS: number): number[] {
  const out = [0, 0, 0];
  const first = Math.max(0, Math.round(startS - from));
  const end = Math.min(best.length, Math.max(first + 1, Math.round(endS - from)));
  for (let s = first; s < end; s++) out[best[s]!]!++;
  return out;
}

/** Whether noise leaves less than 4 s in 10 of a segment to be judged by. A quiet lead alone is no noise. */
export function isNoise(quality: StretchQuality, startS: number, endS: number): boolean {
  const [off, noisy, good] = counts(quality, startS, endS) as [number, number, number];
  return noisy > 0 && good < LEAST_GOOD_SHARE * (off + noisy + good);
}

/** Whether a part of [startS, endS) is noisy in every lead, so that a heartbeat there may have been missed. */
export function hasNoise(quality: StretchQuality, startS: number, endS: number): boolean {
  const { startS: from, best } = quality;
  const end = Math.min(best.length, Math.ceil(endS - from));
  for (let s = Math.max(0, Math.floor(startS - from)); s < end; s++) {
    if (best[s] === QUALITY.noisy) return true;
  }
  return false;
}
