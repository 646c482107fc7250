import type { BeatClass, Consequences, FindingCounts, FindingKind } from '../../shared/domain';
import { formatCount } from '../format';

const RUNS: readonly FindingKind[] = ['ventricular-tachycardia', 'ventricular-run', 'sv-run'];
const COUPLETS: readonly FindingKind[] = ['ventricular-couplet', 'sv-couplet'];
export const CLASS_WORDS: Readonly<Record<BeatClass, string>> = {
  N: 'normal',
  S: 'supraventricular',
  V: 'ventricular',
  F: 'fusion',
  Q: 'unclassed',
};

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function totalOf(counts: FindingCounts, kinds: readonly FindingKind[]): number {
  return counts.kinds
    .filter(({ kind }) => kinds.includes(kind))
    .reduce((sum, { total }) => sum + total, 0);
}

/** What an act does, in a colleague's words: `937 beats V to N: 212 segments and 3 runs close`. */
export interface ConsequenceWords {
  /** What is done, as in `240 beats V to N`. */
  readonly act: string;
  /** What closes and what there is less of; empty where nothing follows. */
  readonly follows: string;
  /** The burden before and after; empty where no count of ectopic beats changes. */
  readonly burden: string;
}

/**
 * @param act what is done, said before it is done
 * @param done the same, as it is said once it is done
 */
export function consequencesInWords(
  act: string,
  { before, after, segmentsClosed, segmentsOpened }: Consequences,
  done = false,
): ConsequenceWords {
  const would = done ? '' : 'would ';
  const runs = totalOf(after, RUNS) - totalOf(before, RUNS);
  const couplets = totalOf(after, COUPLETS) - totalOf(before, COUPLETS);
  const closing = [
    segmentsClosed > 0 ? counted(segmentsClosed, 'segment') : null,
    runs < 0 ? counted(-runs, 'run') : null,
  ].filter((part) => part !== null);
  const parts = [
    closing.length > 0 ? `${closing.join(' and ')} ${would}close${done ? 'd' : ''}` : null,
    segmentsOpened > 0 ? `${counted(segmentsOpened, 'segment')} ${would}open again` : null,
    runs > 0 ? `${counted(runs, 'run')} more` : null,
    couplets !== 0
      ? `${counted(Math.abs(couplets), 'couplet')} ${couplets < 0 ? 'fewer' : 'more'}`
      : null,
  ].filter((part) => part !== null);
  return { act, follows: parts.join(', '), burden: burdenInWords(before.beats, after.beats) };
}

type BeatCounts = FindingCounts['beats'];

function burdenInWords(before: BeatCounts, after: BeatCounts): string {
  const changed = (['V', 'S'] as const).filter((letter) => before[letter] !== after[letter]);
  return changed
    .map((letter) => {
      const word = CLASS_WORDS[letter];
      const name = `${word[0]!.toUpperCase()}${word.slice(1)} beats`;
      return `${name} ${formatCount(before[letter])} to ${formatCount(after[letter])}, ${percent(before[letter], before.total)} to ${percent(after[letter], after.total)}.`;
    })
    .join(' ');
}

/** A share in per cent with one decimal. */
export function percent(part: number, total: number): string {
  return `${total > 0 ? ((100 * part) / total).toFixed(1) : '0.0'} %`;
}
