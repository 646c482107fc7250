import {
  BEAT_CLASSES,
  SV_RUN_BEATS,
  type BeatRows,
  type FindingKind,
  type FindingThresholds,
} from '../../shared/domain';
import { foundBeats, isAbove, type Found } from './found';

const [N, S, V, F] = BEAT_CLASSES.map((_, code) => code);

/**
 * Ectopic beats and their patterns: single beats, couplets, runs (ISHNE-HRS consensus on ambulatory ECG, Steinberg et
 * al., Heart Rhythm 2017;14:e55: two in a row are a couplet, three a triplet, more a run), bigeminy, trigeminy, fusion.
 */
export function ectopy(rows: BeatRows, thresholds: FindingThresholds): Found[] {
  const found: Found[] = [];
  for (const [from, to] of rows.rows) {
    for (const [first, last] of sameClass(rows.beatClass, from, to)) {
      const code = rows.beatClass[first]!;
      if (code === F) {
        for (let i = first; i <= last; i++) found.push(foundBeats('fusion-beat', rows, i, i));
      } else if (code === V || code === S) {
        const kind = kindOf(code, last - first + 1, thresholds);
        const run = foundBeats(kind, rows, first, last);
        const isFast = isAbove(run.rateBpm ?? 0, thresholds.ventricularTachycardiaBpm);
        const tachycardia = kind === 'ventricular-run' && isFast;
        found.push(tachycardia ? { ...run, kind: 'ventricular-tachycardia' } : run);
      }
    }
    for (const [period, kind] of [
      [2, 'bigeminy'],
      [3, 'trigeminy'],
    ] as const) {
      for (const [first, last] of repeats(rows.beatClass, from, to, period, thresholds.repeats)) {
        found.push(foundBeats(kind, rows, first, last));
      }
    }
  }
  return found;
}

function kindOf(
  code: number,
  beats: number,
  { ventricularRunBeats }: FindingThresholds,
): FindingKind {
  if (code === S) return beats >= SV_RUN_BEATS ? 'sv-run' : beats === 2 ? 'sv-couplet' : 'sv-beat';
  if (beats >= ventricularRunBeats) return 'ventricular-run';
  return beats >= 2 ? 'ventricular-couplet' : 'ventricular-beat';
}

/** Longest stretches of beats of one class within a row. */
function* sameClass(
  beatClass: Uint8Array,
  from: number,
  to: number,
): Generator<readonly [number, number]> {
  for (let first = from; first <= to;) {
    let last = first;
    while (last < to && beatClass[last + 1] === beatClass[first]) last++;
    yield [first, last];
    first = last + 1;
  }
}

/** Stretches of a row in which every `period`-th beat is ventricular and the others normal, `least` times or more. */
function* repeats(
  beatClass: Uint8Array,
  from: number,
  to: number,
  period: number,
  least: number,
): Generator<readonly [number, number]> {
  for (let first = from; first <= to; first++) {
    if (beatClass[first] !== V) continue;
    let last = first;
    while (
      last + period <= to &&
      beatClass[last + period] === V &&
      beatClass.subarray(last + 1, last + period).every((other) => other === N)
    ) {
      last += period;
    }
    if ((last - first) / period + 1 >= least) yield [first, last];
    first = last;
  }
}
