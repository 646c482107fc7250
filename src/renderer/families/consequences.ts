import type { BeatClass, Consequences, FindingCounts, FindingKind } from '../../shared/domain';
import { shareText } from '../../shared/domain/share-text';
import { formatCount } from '../words/format';
import { pageWords, say } from '../words';

const RUNS: readonly FindingKind[] = ['ventricular-tachycardia', 'ventricular-run', 'sv-run'];
const COUPLETS: readonly FindingKind[] = ['ventricular-couplet', 'sv-couplet'];
/** The class of a beat as an adjective. */
export function classWord(beatClass: BeatClass): string {
  return say(`beats.word_${beatClass}`);
}

/** A number of things that are counted, as in `1 beat` and `4 331 beats`. */
export function counted(n: number, what: 'beat' | 'form' | 'segment' | 'run' | 'couplet'): string {
  return say(`counted.${what}`, { n });
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
  const runs = totalOf(after, RUNS) - totalOf(before, RUNS);
  const couplets = totalOf(after, COUPLETS) - totalOf(before, COUPLETS);
  const closing = [
    segmentsClosed > 0 ? counted(segmentsClosed, 'segment') : null,
    runs < 0 ? counted(-runs, 'run') : null,
  ].filter((part) => part !== null);
  const [one = '', other] = closing;
  const closed = other === undefined ? one : say('beats.and', { one, other });
  const opened = counted(segmentsOpened, 'segment');
  const parts = [
    closed === '' ? null : say(done ? 'beats.closed' : 'beats.wouldClose', { what: closed }),
    segmentsOpened > 0
      ? say(done ? 'beats.openAgain' : 'beats.wouldOpenAgain', { what: opened })
      : null,
    runs > 0 ? say('beats.more', { what: counted(runs, 'run') }) : null,
    couplets !== 0
      ? say(couplets < 0 ? 'beats.fewer' : 'beats.more', {
          what: counted(Math.abs(couplets), 'couplet'),
        })
      : null,
  ].filter((part) => part !== null);
  return { act, follows: parts.join(', '), burden: burdenInWords(before.beats, after.beats) };
}

type BeatCounts = FindingCounts['beats'];

function burdenInWords(before: BeatCounts, after: BeatCounts): string {
  const changed = (['V', 'S'] as const).filter((letter) => before[letter] !== after[letter]);
  return changed
    .map((letter) =>
      say(`beats.burden_${letter}`, {
        before: formatCount(before[letter]),
        after: formatCount(after[letter]),
        shareBefore: percent(before[letter], before.total),
        shareAfter: percent(after[letter], after.total),
      }),
    )
    .join(' ');
}

/** A share in per cent with one decimal. */
export function percent(part: number, total: number): string {
  return shareText(total > 0 ? part / total : 0, pageWords());
}
