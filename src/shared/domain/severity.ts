// Apart from the schemas, so that the viewer's bundle has no need of the schema library for them.
import type { Finding } from './finding';
import type { FindingKind } from './finding-kinds';
import { FIBRILLATION_REASON, isPressingReason } from './pressing-reason';

type Mark = (finding: Finding) => number;

const length: Mark = ({ durationS }) => durationS;
const beats: Mark = (finding) => finding.beats;
const fast: Mark = ({ rateBpm }) => rateBpm ?? 0;
const slow: Mark = ({ rateBpm }) => -(rateBpm ?? Infinity);
/** What may be ventricular fibrillation comes before what else cannot wait, and that before the rest. */
const pressing: Mark = ({ reason }) =>
  reason === FIBRILLATION_REASON ? 2 : Number(isPressingReason(reason));
const likely: Mark = ({ probability }) => probability ?? 0;
/** A beat that comes early is the more marked. */
const early: Mark = ({ couplingMs }) => -(couplingMs ?? Infinity);

/** What makes one finding of a kind worse than another, the strongest mark first. */
const MARKS = {
  'most-beats': [beats, fast],
  longest: [length],
  slowest: [slow, length],
  fastest: [fast, length],
  earliest: [early],
  likeliest: [pressing, likely, length],
} as const satisfies Record<string, readonly Mark[]>;
export type SeverityOrder = keyof typeof MARKS;

const ORDER: Readonly<Record<FindingKind, SeverityOrder>> = {
  asystole: 'longest',
  pause: 'longest',
  'ventricular-tachycardia': 'most-beats',
  'ventricular-run': 'most-beats',
  af: 'longest',
  'irregular-rhythm': 'longest',
  bradycardia: 'slowest',
  tachycardia: 'fastest',
  'ventricular-couplet': 'most-beats',
  bigeminy: 'most-beats',
  trigeminy: 'most-beats',
  'ventricular-beat': 'earliest',
  'sv-run': 'most-beats',
  'sv-couplet': 'most-beats',
  'sv-beat': 'earliest',
  'fusion-beat': 'earliest',
  borderline: 'likeliest',
  'flagged-unclear': 'likeliest',
  paced: 'longest',
  'wide-qrs': 'longest',
  noise: 'longest',
  'lead-off': 'longest',
};

/** The order within a kind in which lists, counts and the report have its findings. */
export function severityOrder(kind: FindingKind): SeverityOrder {
  return ORDER[kind];
}

/** Above 0 where the first of two findings of one kind is the worse one; what is equal is in the order of time. */
function worseBy(one: Finding, other: Finding): number {
  for (const mark of MARKS[ORDER[one.kind]]) {
    const [a, b] = [mark(one), mark(other)];
    if (a !== b) return a > b ? 1 : -1;
  }
  return other.startS - one.startS;
}

/** Findings of one kind, worst first. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((one, other) => worseBy(other, one));
}

/** The worst finding of one kind; null without any. */
export function worstOf(findings: readonly Finding[]): Finding | null {
  return findings.reduce<Finding | null>(
    (worst, one) => (worst === null || worseBy(one, worst) > 0 ? one : worst),
    null,
  );
}
