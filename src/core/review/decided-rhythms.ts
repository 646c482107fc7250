import type { Finding, FindingKind } from '../../shared/domain';

/** A stretch whose rhythm a reader decided. */
export interface DecidedRhythm {
  readonly startS: number;
  readonly endS: number;
  /** As in the annotations of MIT-BIH: `(AFIB`; `(N` where a reader says that it is no fibrillation. */
  readonly rhythm: string;
  readonly reader: string;
}

/** Rhythms that a confirmed finding names, the first before the others where they overlap. */
const RHYTHMS: readonly (readonly [FindingKind, string])[] = [
  ['af', '(AFIB'],
  ['ventricular-tachycardia', '(VT'],
  ['sv-run', '(SVTA'],
  ['bigeminy', '(B'],
  ['trigeminy', '(T'],
];
const NO_FIBRILLATION = '(N';
const OF_FIBRILLATION: ReadonlySet<FindingKind> = new Set<FindingKind>(['af', 'irregular-rhythm']);

/**
 * What decisions on findings say of rhythm: confirmed ones name it; a rejected episode of fibrillation is none, unless
 * the reader calls it an artefact.
 * @param settled confirmed and rejected ones
 * @returns stretches in time order that do not overlap
 */
export function decidedRhythms(settled: readonly Finding[]): DecidedRhythm[] {
  const spans = settled.flatMap((finding) => {
    const { kind, state, startS, endS, rejectedAs } = finding;
    const reader = finding.reader ?? '';
    const rank = RHYTHMS.findIndex(([named]) => named === kind);
    if (state === 'confirmed' && rank >= 0)
      return [{ startS, endS, rhythm: RHYTHMS[rank]![1], reader, rank }];
    const isNone = OF_FIBRILLATION.has(kind) && state === 'rejected' && rejectedAs !== 'artefact';
    return isNone ? [{ startS, endS, rhythm: NO_FIBRILLATION, reader, rank: RHYTHMS.length }] : [];
  });
  const edges = [...new Set(spans.flatMap(({ startS, endS }) => [startS, endS]))].sort(
    (a, b) => a - b,
  );
  const parts: DecidedRhythm[] = [];
  for (const [i, startS] of edges.slice(0, -1).entries()) {
    const endS = edges[i + 1]!;
    const [first] = spans
      .filter((one) => one.startS <= startS && one.endS >= endS)
      .sort((a, b) => a.rank - b.rank);
    if (!first) continue;
    const { rhythm, reader } = first;
    const last = parts.at(-1);
    if (last?.endS === startS && last.rhythm === rhythm && last.reader === reader)
      parts[parts.length - 1] = { ...last, endS };
    else parts.push({ startS, endS, rhythm, reader });
  }
  return parts;
}
