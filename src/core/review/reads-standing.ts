import type { ReviewEvent, SecondRead, SecondReadStep, Told } from '../../shared/domain';
import { toldBy } from '../../shared/domain/said';

/** Whose acts stand where it is neither a reader by name nor all: the first read, before it was compared with another. */
export const FIRST_READ = '\u0001';

type Step = Pick<ReviewEvent, 'reader' | 'atMs' | 'imported'>;

/** Second reads of a trail, as far as it was folded. */
export interface ReadsStanding {
  /** In the order in which they began. */
  all(): readonly SecondRead[];
  of(reader: string): SecondRead | null;
  /** Whether this reader's acts stand apart now. */
  isApart(reader: string): boolean;
  /** Whether a second read was looked at beside the first. */
  isCompared(): boolean;
  step(event: Step, edit: SecondReadStep): void;
}

/** @param from the reads that it goes on from */
export function createReadsStanding(from: readonly SecondRead[] = []): ReadsStanding {
  const reads = new Map(from.map((read) => [read.reader, read]));
  return {
    all: () => [...reads.values()],
    of: (reader) => reads.get(reader) ?? null,
    isApart: (reader) => reads.get(reader)?.finishedAtMs === null,
    isCompared: () => [...reads.values()].some(({ comparedAtMs }) => comparedAtMs !== null),
    step({ reader, atMs, imported }, { step, second }) {
      if (step === 'begin') {
        const importedFrom = imported?.from ?? null;
        const begun = { reader, begunAtMs: atMs, finishedAtMs: null, comparedAtMs: null };
        reads.set(reader, { ...begun, importedFrom });
        return;
      }
      const known = reads.get(second);
      if (!known) return;
      if (step === 'finish') reads.set(second, { ...known, finishedAtMs: atMs });
      else reads.set(second, { ...known, comparedAtMs: known.comparedAtMs ?? atMs });
    },
  };
}

/**
 * Whether an edit is a part of what stands.
 * @param whose as in `createStanding`
 */
export function isPartOf(
  whose: string | null,
  { reader, edit }: Pick<ReviewEvent, 'reader' | 'edit'>,
  reads: ReadsStanding,
): boolean {
  const isApart = reads.isApart(reader);
  if (whose === null) return !isApart;
  const isRead = !('adjudicates' in edit && edit.adjudicates);
  if (whose === FIRST_READ) return isRead && !isApart && !reads.isCompared();
  return isRead && (isApart || reads.of(reader) === null);
}

/** Who acts and how reads stand, as a step has to agree with it. */
interface StepsSoFar {
  readonly reads: ReadsStanding;
  hasActed(reader: string): boolean;
}

/** The same once a reader has begun their second read. */
export function onceBegun({ reads, hasActed }: StepsSoFar, reader: string): StepsSoFar {
  const isApart = (one: string): boolean => one === reader || reads.isApart(one);
  return { reads: { ...reads, isApart }, hasActed };
}

/**
 * Whether a reader may make an edit now.
 * @returns null, or why not
 */
export function refusedStep(
  edit: ReviewEvent['edit'],
  reader: string,
  { reads, hasActed }: StepsSoFar,
): Told | null {
  const isApart = reads.isApart(reader);
  const named = (one: string): string | Told => one || toldBy('failures.noReaderName');
  if (edit.kind === 'edit-report' || edit.kind === 'sign-report')
    return isApart ? toldBy('failures.reportOfBothReads') : null;
  if (edit.kind !== 'second-read') {
    const about = 'adjudicates' in edit ? edit.adjudicates : undefined;
    if (!about) return null;
    if (isApart) return toldBy('failures.settledByBoth');
    return (reads.of(about.second)?.comparedAtMs ?? null) === null
      ? toldBy('failures.notCompared', { reader: named(about.second) })
      : null;
  }
  const { step, second } = edit;
  if (step === 'compare') {
    if (isApart) return toldBy('failures.finishOwnBefore');
    return (reads.of(second)?.finishedAtMs ?? null) === null
      ? toldBy('failures.noFinishedRead', { reader: named(second) })
      : null;
  }
  if (second !== reader) return toldBy('failures.readOfItsOwn');
  if (step === 'finish') return isApart ? null : toldBy('failures.noReadGoesOn');
  if (reader.trim() === '') return toldBy('failures.readNeedsName');
  return hasActed(reader) ? toldBy('failures.decidedAlready', { reader }) : null;
}
