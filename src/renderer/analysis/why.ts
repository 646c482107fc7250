import type { BeatColumns, Faithfulness, Overlay } from '../../shared/domain';
import { BEAT_CLASSES, isEctopic, lowerBound } from './beat-classes';
import { formatTime } from '../words/format';
import { say, sayNumber } from '../words';

/** One line of "why": what, and its share of the overlay, 0 to 1. */
export interface WhyLine {
  readonly label: string;
  readonly share: number;
  readonly timeS: number | null;
}

/** Attention of one head, or the mean of all, one value per token; sums to 1. */
export function attentionOf(overlay: Overlay, head: number | null): Float32Array {
  const { heads, tokens, attention } = overlay;
  if (head !== null && head < heads) return attention.subarray(head * tokens, (head + 1) * tokens);
  const mean = new Float32Array(tokens);
  for (let h = 0; h < heads; h++)
    for (let i = 0; i < tokens; i++) mean[i]! += attention[h * tokens + i]! / heads;
  return mean;
}

/** The test of the overlay that is shown: evidence has one of its own where the model gives it. */
export function faithfulnessOf(
  overlay: Overlay,
  mode: 'attention' | 'evidence',
): Faithfulness | null {
  if (mode === 'evidence' && overlay.evidenceFaithfulness !== undefined)
    return overlay.evidenceFaithfulness;
  return overlay.faithfulness;
}

/** A change of logit(Abnormal) as a signed number, with a second digit where one would round to nothing. */
function change(dropLogit: number): string {
  const size = Math.abs(dropLogit);
  if (size < 0.005) return sayNumber(0, 1);
  return `${dropLogit > 0 ? '−' : '+'}${sayNumber(size, size < 0.095 ? 2 : 1)}`;
}

/** A change smaller than this is nothing to a reader, as in the test of the overlay (`faithfulness.ts`). */
const NOTHING_LOGIT = 0.2;

/**
 * What the test of an overlay found. One that fails need not point at the wrong place: where many beats say the same,
 * the answer stands without those that were looked at most, and the test can show nothing.
 */
export function faithfulnessInWords({ faithful, topDropLogit, randomDropLogit }: Faithfulness): {
  badge: string;
  found: string;
} {
  const top = `${change(topDropLogit)} logit`;
  const random = change(randomDropLogit);
  if (faithful)
    return {
      badge: say('why.reliable'),
      found: say('why.withoutThese', { top, random }),
    };
  const badge = say('why.notReliable');
  if (Math.abs(topDropLogit) < NOTHING_LOGIT)
    return {
      badge,
      found: say('why.stands', { top, random }),
    };
  if (topDropLogit < 0) return { badge, found: say('why.rises', { top, random }) };
  return { badge, found: say('why.randomMatters', { random, top }) };
}

/** Weights for "why": positive evidence where it is shown and exists, else attention. Sums to 1, or to 0. */
function weightsOf(overlay: Overlay, mode: 'attention' | 'evidence', head: number | null) {
  const useEvidence = mode === 'evidence' && overlay.evidence.length === overlay.tokens;
  const raw = useEvidence
    ? Float32Array.from(overlay.evidence, (v) => Math.max(0, v))
    : attentionOf(overlay, head);
  const total = raw.reduce((sum, v) => sum + v, 0);
  return total > 0 ? raw.map((v) => v / total) : raw;
}

/** Words for a run of neighbouring beats of one class. */
function runName(symbol: string, count: number): string {
  if (count === 1) return symbol;
  if (symbol === 'V' || symbol === 'S')
    return count === 2 ? say('why.couplet', { symbol }) : say('why.runOf', { symbol, count });
  return symbol;
}

/**
 * The three stretches of a segment that hold most of the overlay, and the rest. With beats, each token goes
 * to the nearest beat and neighbouring ectopic beats of one class are one line; without, the lines are the
 * strongest stretches of 0.4 s.
 */
export function explainInWords(
  overlay: Overlay,
  endS: number,
  beats: BeatColumns | null,
  mode: 'attention' | 'evidence',
  head: number | null = null,
): WhyLine[] {
  const weights = weightsOf(overlay, mode, head);
  const timeOf = (token: number): number => overlay.startS + (token + 0.5) * overlay.stepS;
  const first = beats ? lowerBound(beats.timeS, overlay.startS) : 0;
  const last = beats ? lowerBound(beats.timeS, endS) : 0;
  if (!beats || last === first) return strongestStretches(weights, overlay);

  const shares = new Float64Array(last - first);
  for (let i = 0; i < weights.length; i++) {
    const t = timeOf(i);
    let nearest = lowerBound(beats.timeS, t);
    if (nearest >= last) nearest = last - 1;
    else if (nearest > first && t - beats.timeS[nearest - 1]! < beats.timeS[nearest]! - t)
      nearest--;
    shares[Math.max(first, nearest) - first]! += weights[i]!;
  }
  const lines: WhyLine[] = [];
  for (let i = 0; i < shares.length;) {
    const symbol = BEAT_CLASSES[beats.beatClass[first + i]!] ?? 'Q';
    let end = i + 1;
    while (
      isEctopic(symbol) &&
      end < shares.length &&
      BEAT_CLASSES[beats.beatClass[first + end]!] === symbol
    )
      end++;
    let share = 0;
    for (let k = i; k < end; k++) share += shares[k]!;
    const which =
      end - i === 1
        ? say('why.beat', { n: i + 1 })
        : end - i === 2
          ? say('why.twoBeats', { from: i + 1, to: end })
          : say('why.beats', { from: i + 1, to: end });
    lines.push({
      label: `${which} · ${runName(symbol, end - i)}`,
      share,
      timeS: beats.timeS[first + i]!,
    });
    i = end;
  }
  return topThree(lines, say('why.others'));
}

function strongestStretches(weights: Float32Array, overlay: Overlay): WhyLine[] {
  const width = Math.max(1, Math.round(0.4 / overlay.stepS));
  const lines: WhyLine[] = [];
  for (let i = 0; i < weights.length; i += width) {
    let share = 0;
    for (let k = i; k < Math.min(weights.length, i + width); k++) share += weights[k]!;
    const timeS = overlay.startS + i * overlay.stepS;
    lines.push({ label: say('why.at', { at: formatTime(timeS, 1) }), share, timeS });
  }
  return topThree(lines, say('why.elsewhere'));
}

function topThree(lines: WhyLine[], rest: string): WhyLine[] {
  const total = lines.reduce((sum, line) => sum + line.share, 0);
  const top = [...lines].sort((a, b) => b.share - a.share).slice(0, 3);
  const left = total - top.reduce((sum, line) => sum + line.share, 0);
  const shown = top.filter((line) => line.share >= 0.005);
  return lines.length > 3
    ? [...shown, { label: rest, share: left, timeS: null }]
    : shown.length > 0
      ? shown
      : top;
}
