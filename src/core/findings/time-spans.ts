import { firstWhere, type TimeSpan } from '../../shared/domain';

// Lists of spans are in time order and do not overlap, but for the input of `joined`.

/** Spans as few as possible: those that overlap, touch or lie at most `gapS` apart become one. */
export function joined(spans: readonly TimeSpan[], gapS = 0): TimeSpan[] {
  const out: { startS: number; endS: number }[] = [];
  for (const { startS, endS } of [...spans].sort((a, b) => a.startS - b.startS)) {
    const last = out.at(-1);
    if (last && startS <= last.endS + gapS) last.endS = Math.max(last.endS, endS);
    else out.push({ startS, endS });
  }
  return out;
}

/** What is left of `spans` without `removed`. */
export function without(spans: readonly TimeSpan[], removed: readonly TimeSpan[]): TimeSpan[] {
  const out: TimeSpan[] = [];
  let next = 0;
  for (const { startS, endS } of spans) {
    let from = startS;
    while (next < removed.length && removed[next]!.endS <= from) next++;
    for (let i = next; i < removed.length && removed[i]!.startS < endS; i++) {
      if (removed[i]!.startS > from) out.push({ startS: from, endS: removed[i]!.startS });
      from = Math.max(from, removed[i]!.endS);
    }
    if (from < endS) out.push({ startS: from, endS });
  }
  return out;
}

/** Index of the last span that starts at or before `timeS`, -1 where there is none. */
function lastBefore(spans: readonly TimeSpan[], timeS: number): number {
  return firstWhere(spans, ({ startS }) => startS > timeS) - 1;
}

/** Index of the span that holds an instant, its end included, or -1. */
export function spanAt(spans: readonly TimeSpan[], timeS: number): number {
  const at = lastBefore(spans, timeS);
  return at >= 0 && timeS <= spans[at]!.endS ? at : -1;
}

/** Whether any span shares more than an instant with [startS, endS]; for a moment, whether any holds it. */
export function touches(spans: readonly TimeSpan[], startS: number, endS: number): boolean {
  if (endS <= startS) return spanAt(spans, startS) >= 0;
  let at = Math.max(0, lastBefore(spans, startS));
  for (; at < spans.length && spans[at]!.startS < endS; at++) {
    if (spans[at]!.endS > startS) return true;
  }
  return false;
}

/** Seconds of [startS, endS] that lie in `spans`. */
export function secondsIn(spans: readonly TimeSpan[], startS = -Infinity, endS = Infinity): number {
  let sum = 0;
  let at = startS === -Infinity ? 0 : Math.max(0, lastBefore(spans, startS));
  for (; at < spans.length && spans[at]!.startS < endS; at++) {
    sum += Math.max(0, Math.min(endS, spans[at]!.endS) - Math.max(startS, spans[at]!.startS));
  }
  return sum;
}
