import type { HeartRate } from './finding';
import { RATE_INTERVALS, rateIntervals } from './heart-rate';
import { english, type Words } from '../words';

/** Over how many beats the extremes of rates are: `8 beats`, `5 beats`, `5 to 8 beats`. */
export function overBeats(
  rates: HeartRate | null | readonly (HeartRate | null)[],
  words: Words = english,
): string {
  const over = [rates]
    .flat()
    .flatMap((rate) => (rate ? [rate.lowest, rate.highest] : []))
    .map(rateIntervals);
  const [least, most] = over.length > 0 ? [Math.min(...over), Math.max(...over)] : [];
  if (least === undefined || most === undefined)
    return words.say('counted.beat', { n: RATE_INTERVALS });
  return least === most
    ? words.say('counted.beat', { n: least })
    : words.say('values.fromTo', {
        from: String(least),
        beats: words.say('counted.beat', { n: most }),
      });
}
