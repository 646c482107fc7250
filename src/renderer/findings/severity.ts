import type { Finding } from '../../shared/domain';

type Mark = (finding: Finding) => number;

const length: Mark = ({ durationS }) => durationS;
const beats: Mark = (finding) => finding.beats;
const fast: Mark = ({ rateBpm }) => rateBpm ?? 0;
const slow: Mark = ({ rateBpm }) => -(rateBpm ?? Infinity);
const likely: Mark = ({ probability }) => probability ?? 0;

/** What makes one finding of a kind worse than another, the strongest first. */
function marksOf(kind: Finding['kind']): readonly Mark[] {
  switch (kind) {
    case 'bradycardia':
      return [slow, length];
    case 'tachycardia':
      return [fast, length];
    case 'borderline':
    case 'flagged-unclear':
      return [likely, length];
    case 'ventricular-tachycardia':
    case 'ventricular-run':
    case 'sv-run':
      return [beats, fast];
    default:
      return [length, fast];
  }
}

/** How the list of a kind is sorted, for the line under it. */
export function orderInWords(kind: Finding['kind']): string {
  switch (kind) {
    case 'bradycardia':
      return 'slowest first';
    case 'tachycardia':
      return 'fastest first';
    case 'borderline':
    case 'flagged-unclear':
      return 'likeliest first';
    case 'ventricular-tachycardia':
    case 'ventricular-run':
    case 'sv-run':
      return 'sorted by beats, then rate';
    default:
      return 'longest first';
  }
}

/** Findings of one kind, worst first; what is equal stays in the order of time. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  const marks = findings[0] ? marksOf(findings[0].kind) : [];
  return [...findings].sort((one, other) => {
    for (const mark of marks) {
      const difference = mark(other) - mark(one);
      if (difference !== 0) return difference;
    }
    return one.startS - other.startS;
  });
}
