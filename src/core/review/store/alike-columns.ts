/**
 * Many values of few shapes as columns: each name is written once and not with every value, which makes thousands of lines of
 * the worklist a third as long and as long to read. JSON in, JSON out: what `JSON.parse(JSON.stringify(...))` keeps of a value
 * comes back.
 */
export type Packed = readonly unknown[] | PackedObjects | PackedLists;

/** Objects by what names they have: `which` says of each in the list its shape, -1 for null; without it there is one alone. */
interface PackedObjects {
  readonly shapes: readonly {
    readonly names: readonly string[];
    readonly count: number;
    readonly columns: readonly Packed[];
  }[];
  readonly which?: readonly number[];
}

/** Lists as one after the other. */
interface PackedLists {
  readonly lengths: readonly number[];
  readonly items: Packed;
}

type Plain = Readonly<Record<string, unknown>>;

/** More shapes than these are no shapes. */
const MOST_SHAPES = 16;
/** Shapes whose copier is remembered. */
const MOST_COPIED = 256;

export function packAlike(values: readonly unknown[]): Packed {
  if (values.length > 0 && values.every((value) => Array.isArray(value))) {
    const lists = values as readonly (readonly unknown[])[];
    return { lengths: lists.map(({ length }) => length), items: packAlike(lists.flat(1)) };
  }
  return packObjects(values) ?? values;
}

export function unpackAlike(packed: Packed): unknown[] {
  if ('lengths' in packed) return unpackLists(packed);
  return 'shapes' in packed ? unpackObjects(packed) : (packed as unknown[]);
}

/** @returns null where the values are not objects of few shapes */
function packObjects(values: readonly unknown[]): PackedObjects | null {
  const groups = new Map<string, { at: number; names: string[]; members: Plain[] }>();
  const which: number[] = [];
  for (const value of values) {
    if (value === null) {
      which.push(-1);
      continue;
    }
    if (typeof value !== 'object' || Array.isArray(value)) return null;
    const plain = value as Plain;
    const names = Object.keys(plain).filter((name) => plain[name] !== undefined);
    // Set by its name it would be no name but what the object inherits.
    if (names.includes('__proto__')) return null;
    const key = JSON.stringify(names);
    const group = groups.get(key) ?? { at: groups.size, names, members: [] };
    if (group.members.length === 0) groups.set(key, group);
    group.members.push(plain);
    which.push(group.at);
  }
  if (groups.size === 0 || groups.size > MOST_SHAPES) return null;
  const shapes = [...groups.values()].map(({ names, members }) => ({
    names,
    count: members.length,
    columns: names.map((name) => packAlike(members.map((member) => member[name]))),
  }));
  return which.every((shape) => shape === 0) ? { shapes } : { shapes, which };
}

function unpackObjects({ shapes, which }: PackedObjects): unknown[] {
  const groups = shapes.map(objectsOf);
  if (!which) return groups[0]!;
  const taken = groups.map(() => 0);
  return which.map((shape) => (shape < 0 ? null : groups[shape]![taken[shape]!++]));
}

function objectsOf({ names, count, columns }: PackedObjects['shapes'][number]): unknown[] {
  const values = columns.map(unpackAlike);
  // Copies of one object with every name, that has held both numbers and texts, cost half of objects that are each filled
  // name by name: the engine makes one shape for all of them.
  const template = Object.fromEntries(names.map((name) => [name, 0 as unknown]));
  for (const name of names) template[name] = null;
  const copy = copierOf(names);
  const objects: unknown[] = [];
  for (let at = 0; at < count; at++) {
    for (let i = 0; i < values.length; i++) template[names[i]!] = values[i]![at];
    objects.push(copy(template));
  }
  return objects;
}

type Copier = (object: Plain) => Plain;

/**
 * Each alike, and each a place of its own in the program: the engine learns at every such place how objects are copied that
 * came by there, and where they were of more than four shapes copies every one name by name, at several times the cost.
 */
const COPIERS: readonly Copier[] = [
  ...[(object: Plain) => ({ ...object }), (object: Plain) => ({ ...object })],
  ...[(object: Plain) => ({ ...object }), (object: Plain) => ({ ...object })],
  ...[(object: Plain) => ({ ...object }), (object: Plain) => ({ ...object })],
  ...[(object: Plain) => ({ ...object }), (object: Plain) => ({ ...object })],
  ...[(object: Plain) => ({ ...object }), (object: Plain) => ({ ...object })],
  ...[(object: Plain) => ({ ...object }), (object: Plain) => ({ ...object })],
  ...[(object: Plain) => ({ ...object }), (object: Plain) => ({ ...object })],
  ...[(object: Plain) => ({ ...object }), (object: Plain) => ({ ...object })],
];

const copiers = new Map<string, Copier>();

function copierOf(names: readonly string[]): Copier {
  const key = names.join('\0');
  const known = copiers.get(key);
  if (known) return known;
  const copier = COPIERS[copiers.size % COPIERS.length]!;
  // What is stored says which names there are: any number of them.
  if (copiers.size < MOST_COPIED) copiers.set(key, copier);
  return copier;
}

function unpackLists({ lengths, items }: PackedLists): unknown[] {
  const all = unpackAlike(items);
  let at = 0;
  return lengths.map((length) => all.slice(at, (at += length)));
}
