import { BEAT_CLASSES } from '../../shared/domain';
import type { RecordedAnnotations } from '../formats/open-recording';
import { UNDECIDED_RHYTHM } from '../recordings/decided-only';
import type { DecidedTruth } from '../review/decided-truth';

/** An isolated artefact that looks like a beat (annot(5)): a reader says that none is there. */
const NO_BEAT = '|';
/** `num` is a signed byte. */
const MOST_READERS = 127;

interface Placed {
  readonly symbol: string;
  readonly aux: string;
  readonly num: number;
}

/**
 * What readers decided as annotations: beats by their AAMI class, `|` where one was taken out, and rhythms, `(U` where
 * nobody decided. `num` is the reader's place in `truth.readers`, from 1.
 * @param rateHz in whose samples no two annotations lie on one
 */
export function decidedAnnotations(truth: DecidedTruth, rateHz: number): RecordedAnnotations {
  const placed = new Map<number, Placed>();
  const numOf = (reader: string): number =>
    Math.min(MOST_READERS, truth.readers.indexOf(reader) + 1);
  for (const { timeS, beatClass, reader } of truth.beats) {
    const symbol = beatClass === null ? NO_BEAT : BEAT_CLASSES[beatClass]!;
    const sample = Math.round(timeS * rateHz);
    if (!placed.has(sample)) placed.set(sample, { symbol, aux: '', num: numOf(reader) });
  }
  for (const { timeS, rhythm, reader } of rhythmChanges(truth)) {
    // A rhythm begins with a beat: right before it.
    let sample = Math.round(timeS * rateHz);
    while (placed.has(sample) && sample > 0) sample--;
    while (placed.has(sample)) sample++;
    placed.set(sample, { symbol: '+', aux: rhythm, num: numOf(reader) });
  }
  const samples = [...placed.keys()].sort((a, b) => a - b);
  const rows = samples.map((sample) => placed.get(sample)!);
  return {
    annotator: 'atr',
    timeS: Float64Array.from(samples, (sample) => sample / rateHz),
    symbol: rows.map(({ symbol }) => symbol),
    aux: rows.map(({ aux }) => aux),
    num: rows.map(({ num }) => num),
    warnings: [],
  };
}

function rhythmChanges({
  rhythms,
}: DecidedTruth): { timeS: number; rhythm: string; reader: string }[] {
  const undecided = (timeS: number) => ({ timeS, rhythm: UNDECIDED_RHYTHM, reader: '\0' });
  const changes = rhythms.flatMap(({ startS, endS, rhythm, reader }, i) => [
    { timeS: startS, rhythm, reader },
    ...(rhythms[i + 1]?.startS === endS ? [] : [undecided(endS)]),
  ]);
  return changes.length > 0 && changes[0]!.timeS > 0 ? [undecided(0), ...changes] : changes;
}
