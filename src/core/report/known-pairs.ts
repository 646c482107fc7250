import { createHash } from 'node:crypto';
import { INTER_PAIRS } from './inter-pairs';
import { pairKey, type Pair, type PairShape } from './quick-shaping';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÁÉÍÑÓÚÜáéíñóúüçß'];
const DIGITS = [...'0123456789'];
/** What follows the last letter, digit or mark of a word. */
const ENDS = [' ', ''];

/** Pairs of a font that are shaped beforehand, in the order in which their shapes are kept. */
export function keptPairs(): Pair[] {
  const pairs = (ahead: Pair['ahead'], firsts: readonly string[], seconds: readonly string[]) =>
    firsts.flatMap((first) => seconds.map((second): Pair => ({ ahead, first, second })));
  return [
    ...pairs('', LETTERS, [...LETTERS, ...'.,;', ...ENDS]),
    ...pairs('n', [...'.,;'], ENDS),
    ...pairs('n', [' '], ['']),
    ...pairs('', DIGITS, [...DIGITS, ...'.,:;%', ...ENDS]),
    ...pairs('', [...'.,'], DIGITS),
    ...pairs('0', [':'], DIGITS),
    ...pairs('', [...'.,;%'], ENDS),
    ...pairs('', [' '], ['']),
  ];
}

/** Name of a font's file among those whose pairs are kept. */
export const fontDigest = (woff: Buffer): string => createHash('sha256').update(woff).digest('hex');

/**
 * Shapes of a font's pairs that were found beforehand: shaping them took a third of the time of a report.
 * @param woff the font's file: what is kept is of these bytes alone
 * @returns by `pairKey`; null where nothing is kept of this font
 */
export function knownPairs(woff: Buffer): ReadonlyMap<string, PairShape> | null {
  const kept = INTER_PAIRS[fontDigest(woff)];
  if (kept === undefined) return null;
  const bytes = Buffer.from(kept, 'base64');
  return new Map(
    keptPairs().map((pair, i) => [
      pairKey(pair),
      { glyphId: bytes.readUInt16LE(4 * i), xAdvance: bytes.readUInt16LE(4 * i + 2) },
    ]),
  );
}
