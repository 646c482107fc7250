const kept = new Float64Array(256);

/** Entries from `from` to before `end`, every `step`th; what lies outside the values is left out. */
export interface Span {
  readonly from: number;
  readonly end: number;
  readonly step?: number;
}

/**
 * Value at quantile `q` (0 to 1, lower of two) of the finite entries; `empty` when there is none.
 * Insertion sort of the smallest ones in a kept buffer: these lists have some 30 entries and there are millions of them.
 */
export function lowerQuantile(
  values: Float64Array,
  q: number,
  empty = 0,
  span: Span = { from: 0, end: values.length },
): number {
  const count = finiteIn(values, span);
  if (count === 0) return empty;
  const rank = Math.floor(q * (count - 1));
  return smallestOf(values, span, rank)[rank]!;
}

/** `lowerQuantile` of two quantiles, the lower first, in one sort; writes both to `out` from `at` on, 0 where there is none. */
export function lowerQuantiles(
  values: Float64Array,
  [low, high]: readonly [number, number],
  span: Span,
  out: Float64Array,
  at: number,
): void {
  const count = finiteIn(values, span);
  const smallest = smallestOf(values, span, Math.floor(high * (count - 1)));
  out[at] = count > 0 ? smallest[Math.floor(low * (count - 1))]! : 0;
  out[at + 1] = count > 0 ? smallest[Math.floor(high * (count - 1))]! : 0;
}

function finiteIn(values: Float64Array, { from, end, step = 1 }: Span): number {
  const last = Math.min(end, values.length);
  let count = 0;
  for (let i = firstOf(from, step); i < last; i += step) if (Number.isFinite(values[i]!)) count++;
  return count;
}

/** The first entry of a span that there is. */
function firstOf(from: number, step: number): number {
  return from >= 0 ? from : from + step * Math.ceil(-from / step);
}

/** The smallest finite entries in order, up to that of a rank, from 0; to be read before it is asked again. */
function smallestOf(
  values: Float64Array,
  { from, end, step = 1 }: Span,
  rank: number,
): Float64Array {
  const last = Math.min(end, values.length);
  const smallest = rank < kept.length ? kept : new Float64Array(rank + 1);
  let held = 0;
  for (let i = firstOf(from, step); i < last; i += step) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (held > rank) {
      if (value >= smallest[rank]!) continue;
      held = rank;
    }
    let at = held++;
    while (at > 0 && smallest[at - 1]! > value) {
      smallest[at] = smallest[at - 1]!;
      at--;
    }
    smallest[at] = value;
  }
  return smallest;
}

/** Entries around each that a quantile is taken of: so many places before and after, every `step`th. */
export interface Around {
  /** As `after`, a multiple of `step`. */
  readonly before: number;
  readonly after: number;
  readonly step: number;
}

/**
 * `lowerQuantile` of the entries around each entry, [values]; 0 where none is finite. What is around one is around the next
 * but for one entry, so the window is kept in order: one goes, one comes.
 */
export function quantilesAround(values: Float64Array, q: number, around: Around): Float64Array {
  const { before, after, step } = around;
  const out = new Float64Array(values.length);
  const window = new Float64Array((before + after) / step + 1);
  for (let phase = 0; phase < step; phase++) {
    let count = 0;
    const ahead = Math.min(values.length, phase + after);
    for (let i = firstOf(phase - before, step); i < ahead; i += step)
      count = enter(window, count, values, i);
    for (let i = phase; i < values.length; i += step) {
      if (i + after < values.length) count = enter(window, count, values, i + after);
      out[i] = count > 0 ? window[Math.floor(q * (count - 1))]! : 0;
      if (i >= before) count = leave(window, count, values, i - before);
    }
  }
  return out;
}

/** Puts an entry into an ordered window. @returns how many it holds */
function enter(window: Float64Array, count: number, values: Float64Array, i: number): number {
  const value = values[i]!;
  if (!Number.isFinite(value)) return count;
  let at = count;
  while (at > 0 && window[at - 1]! > value) {
    window[at] = window[at - 1]!;
    at--;
  }
  window[at] = value;
  return count + 1;
}

/** Takes it out again. */
function leave(window: Float64Array, count: number, values: Float64Array, i: number): number {
  const value = values[i]!;
  if (!Number.isFinite(value)) return count;
  let at = 0;
  while (window[at]! < value) at++;
  for (; at < count - 1; at++) window[at] = window[at + 1]!;
  return count - 1;
}
