/**
 * What changed from one answer to the next of the same kind, for an asker who has the one before: of the findings of a day a
 * few hundred bytes in place of 2 MB. Whatever `changesBetween` says, `withChanges` makes of it the later answer again.
 */
type Column =
  | Float32Array
  | Float64Array
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array;

/** Items of a list that were there, in the order in which they stood, or new ones. */
type Piece = { from: number; count: number } | { items: unknown[] };

export type Change =
  /** Another value. */
  | { readonly set: unknown }
  /** An object of which some entries changed, and some are gone. */
  | { readonly parts: Readonly<Record<string, Change>>; readonly gone?: readonly string[] }
  | { readonly list: readonly Piece[] }
  /** A column of the same length with other values at some places. */
  | { readonly at: Uint32Array; readonly values: Column }
  /** A column in which `gone` values from `from` on gave way to others. */
  | { readonly from: number; readonly gone: number; readonly values: Column };

type Entries = Readonly<Record<string, unknown>>;

/** Nothing changed, of whatever it is said. */
export const NO_CHANGE: Change = { parts: {} };

/** @returns null where nothing changed */
export function changesBetween(before: unknown, after: unknown): Change | null {
  if (before === after) return null;
  if (isColumn(before) && isColumn(after) && before.constructor === after.constructor)
    return changeOfColumn(before, after);
  if (Array.isArray(before) && Array.isArray(after)) return changeOfList(before, after);
  if (isEntries(before) && isEntries(after)) return changeOfEntries(before, after);
  return isSame(before, after) ? null : { set: after };
}

/** @param before what the change is from; it stays as it was, and what did not change of it is shared */
export function withChanges(before: unknown, change: Change | null): unknown {
  if (change === null) return before;
  if ('set' in change) return change.set;
  if ('parts' in change) return withParts(before as Entries, change);
  if ('list' in change) return withPieces(before as readonly unknown[], change.list);
  const column = before as Column;
  if ('at' in change) {
    const next = column.slice();
    change.at.forEach((place, i) => (next[place] = change.values[i]!));
    return next;
  }
  const { from, gone, values } = change;
  const next = new (column.constructor as new (length: number) => Column)(
    column.length - gone + values.length,
  );
  next.set(column.subarray(0, from));
  next.set(values, from);
  next.set(column.subarray(from + gone), from + values.length);
  return next;
}

function changeOfEntries(before: Entries, after: Entries): Change | null {
  const parts: Record<string, Change> = {};
  for (const key of Object.keys(after)) {
    if (after[key] === undefined) continue;
    const change = changesBetween(before[key], after[key]);
    if (change) parts[key] = change;
  }
  const gone = Object.keys(before).filter(
    (key) => before[key] !== undefined && after[key] === undefined,
  );
  if (Object.keys(parts).length === 0 && gone.length === 0) return null;
  return { parts, ...(gone.length > 0 && { gone }) };
}

function withParts(before: Entries, { parts, gone = [] }: Extract<Change, { parts: unknown }>) {
  if (Object.keys(parts).length === 0 && gone.length === 0) return before;
  const next: Record<string, unknown> = { ...before };
  for (const key of gone) delete next[key];
  for (const [key, change] of Object.entries(parts)) next[key] = withChanges(before[key], change);
  return next;
}

/** What tells an item of a list that may have moved: its id, or the segment that it is of, or else its place. */
function keyOf(item: unknown, place: number): string | number {
  const { id, segment } = isEntries(item) ? item : ({} as Entries);
  if (typeof id === 'string') return id;
  return typeof segment === 'number' ? `segment ${segment}` : place;
}

function changeOfList(before: readonly unknown[], after: readonly unknown[]): Change | null {
  const places = new Map(before.map((item, i) => [keyOf(item, i), i]));
  const list: Piece[] = [];
  after.forEach((item, i) => {
    const place = places.get(keyOf(item, i));
    const last = list.at(-1);
    if (place === undefined || !isSame(before[place], item)) {
      if (last && 'items' in last) last.items.push(item);
      else list.push({ items: [item] });
    } else if (last && 'count' in last && last.from + last.count === place) last.count++;
    else list.push({ from: place, count: 1 });
  });
  const [first] = list;
  const isAll = list.length === 1 && 'count' in first! && first.count === before.length;
  return isAll || (list.length === 0 && before.length === 0) ? null : { list };
}

function withPieces(before: readonly unknown[], list: readonly Piece[]): unknown[] {
  return list.flatMap((piece) =>
    'items' in piece ? piece.items : before.slice(piece.from, piece.from + piece.count),
  );
}

const isSameNumber = (one: number, other: number): boolean =>
  one === other || (one !== one && other !== other);

function changeOfColumn(before: Column, after: Column): Change | null {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && isSameNumber(before[from]!, after[from]!)) from++;
  if (from === before.length && from === after.length) return null;
  let tail = 0;
  while (
    tail < most - from &&
    isSameNumber(before[before.length - 1 - tail]!, after[after.length - 1 - tail]!)
  )
    tail++;
  const other = before.length === after.length ? placesOf(before, after, from, tail) : null;
  const middle = after.slice(from, after.length - tail);
  const size = after.BYTES_PER_ELEMENT;
  if (other && other.length * (Uint32Array.BYTES_PER_ELEMENT + size) < middle.length * size) {
    const values = middle.slice(0, other.length);
    other.forEach((place, i) => (values[i] = after[place]!));
    return { at: other, values };
  }
  return { from, gone: before.length - from - tail, values: middle };
}

/** Where two columns of one length differ. */
function placesOf(before: Column, after: Column, from: number, tail: number): Uint32Array {
  const places: number[] = [];
  for (let i = from; i < after.length - tail; i++)
    if (!isSameNumber(before[i]!, after[i]!)) places.push(i);
  return Uint32Array.from(places);
}

function isColumn(value: unknown): value is Column {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function isEntries(value: unknown): value is Entries {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one === 'number' && typeof other === 'number') return isSameNumber(one, other);
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, i) => isSame(item, other[i]));
  if (isColumn(one) && isColumn(other))
    return one.constructor === other.constructor && changeOfColumn(one, other) === null;
  if (!isEntries(one) || !isEntries(other)) return false;
  for (const key in one) if (!isSame(one[key], other[key])) return false;
  for (const key in other) if (one[key] === undefined && other[key] !== undefined) return false;
  return true;
}
