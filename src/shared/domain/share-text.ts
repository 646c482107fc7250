import type { Words } from '../words';

/** A share in per cent with one decimal, as in `12.3`; what is above nothing is never `0.0`. */
export function percentText(share: number, { number }: Pick<Words, 'number'>): string {
  const percent = 100 * share;
  return percent > 0 && percent < 0.1 ? `< ${number(0.1, 1)}` : number(percent, 1);
}

/** The same with its unit, as in `12.3 %`. */
export function shareText(share: number, words: Pick<Words, 'number'>): string {
  return `${percentText(share, words)} %`;
}
