import type { TimeSpan } from '../../shared/domain';
import { UNDECIDED_RHYTHM } from '../recordings/decided-only';
import type { ReferenceAnnotation } from '../recordings/open-annotated';

const FIBRILLATION = new Set(['(AFIB', '(AFL']);

/** Where a rhythm begins, counted as the annotations are, and its name, as in `(AFIB`. */
export interface RhythmChange {
  readonly sample: number;
  readonly rhythm: string;
}

/** The changes of rhythm that a reference names, in time order. A rhythm lasts to the next; the last one has no end. */
export function rhythmChanges(annotations: readonly ReferenceAnnotation[]): RhythmChange[] {
  return annotations
    .filter(({ symbol, aux }) => symbol === '+' && aux.startsWith('('))
    .map(({ sample, aux }) => ({ sample, rhythm: aux.replace(/\0.*$/s, '').trim() }));
}

/** Stretches of the rhythms that are wanted, in seconds; the last one may have no end. */
export function rhythmSpans(
  annotations: readonly ReferenceAnnotation[],
  annotationRateHz: number,
  isWanted: (rhythm: string) => boolean,
): TimeSpan[] {
  const changes = rhythmChanges(annotations);
  return changes.flatMap(({ sample, rhythm }, i) => {
    const next = changes[i + 1]?.sample ?? Infinity;
    const span = { startS: sample / annotationRateHz, endS: next / annotationRateHz };
    return isWanted(rhythm) ? [span] : [];
  });
}

/** Stretches annotated as atrial fibrillation or flutter. */
export function fibrillationSpans(
  annotations: readonly ReferenceAnnotation[],
  annotationRateHz: number,
): TimeSpan[] {
  return rhythmSpans(annotations, annotationRateHz, (rhythm) => FIBRILLATION.has(rhythm));
}

/** Stretches whose rhythm is known, whichever it is: of a reference of decisions those that somebody decided. */
export function knownRhythmSpans(
  annotations: readonly ReferenceAnnotation[],
  annotationRateHz: number,
): TimeSpan[] {
  return rhythmSpans(annotations, annotationRateHz, (rhythm) => rhythm !== UNDECIDED_RHYTHM);
}

/** Share of a stretch that lies in spans, which do not overlap. */
export function shareIn(spans: readonly TimeSpan[], { startS, endS }: TimeSpan): number {
  const insideS = spans.reduce(
    (sum, one) => sum + Math.max(0, Math.min(endS, one.endS) - Math.max(startS, one.startS)),
    0,
  );
  return insideS / (endS - startS);
}
