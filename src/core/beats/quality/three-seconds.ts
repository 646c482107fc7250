import { QUALITY, type SecondsOfLead } from './signal-quality';

/** Length of the windows in which waves and complexes are looked at, of which one begins with each second, s. */
export const WINDOW_S = 3;

type Seconds = Pick<SecondsOfLead, 'level'>;

/** Whether a lead is off for one of the 3 s from second `s` on at least. */
export function isOffIn3S({ level }: Seconds, s: number): boolean {
  for (let i = s; i < s + WINDOW_S; i++) if (level[i] === QUALITY.off) return true;
  return false;
}

/**
 * Whether one connected lead at least is good for the 3 s from second `s` on.
 * @param quality of each lead per second in the company of the others (`amongLeads`)
 */
export function isGoodInOne(
  leads: readonly Seconds[],
  quality: readonly Uint8Array[],
  s: number,
): boolean {
  for (let l = 0; l < leads.length; l++) {
    let good = 0;
    for (let i = s; i < s + WINDOW_S; i++) if (quality[l]![i] === QUALITY.good) good++;
    if (good === WINDOW_S && !isOffIn3S(leads[l]!, s)) return true;
  }
  return false;
}
