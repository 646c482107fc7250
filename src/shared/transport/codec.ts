/**
 * The body of requests and answers between the browser viewer and its host: a JSON head in which each typed
 * array is replaced by a reference, followed by the arrays' bytes. Samples never become JSON text.
 *
 * Layout: `FID1`, head length (uint32, little-endian), head (UTF-8, padded with spaces), arrays. Each array
 * begins at a multiple of 8 bytes from the start, so that it can be viewed without a copy. Numbers are
 * little-endian, as on every platform that Fiducial runs on.
 */
const MAGIC = 0x31444946; // 'FID1' read as little-endian uint32
const ALIGNMENT = 8;
const PREFIX_BYTES = 8;

/** Marks a reference in the head. A plain object that has this key is escaped. */
const KEY = '$array';

const ARRAY_TYPES = {
  Float32Array,
  Float64Array,
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
} as const;
type ArrayTypeName = keyof typeof ARRAY_TYPES;

/** Nothing that the contract carries is nested more deeply; a deeper head is an attack or a mistake. */
const MAX_DEPTH = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** As JSON defines what it reads. */
const OWN = { enumerable: true, configurable: true, writable: true };
/** In ASCII each closing one stands two places after its opening one. */
const BRACKET = 0x5b;
const BRACE = 0x7b;

/** @throws TypeError for what neither JSON nor a typed array can carry: functions, symbols, BigInt, cycles */
export function encode(value: unknown): Uint8Array<ArrayBuffer> {
  const arrays: ArrayBufferView[] = [];
  let offset = 0;
  const head = JSON.stringify(replace(value, 0));

  function replace(part: unknown, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new TypeError('encode: nested too deeply');
    if (ArrayBuffer.isView(part)) {
      const type = part.constructor.name;
      // Node's Buffer is a Uint8Array by another name.
      const name = type === 'Buffer' ? 'Uint8Array' : type;
      if (!Object.hasOwn(ARRAY_TYPES, name)) throw new TypeError(`encode: ${type} is not carried`);
      arrays.push(part);
      const at = offset;
      offset = align(offset + part.byteLength);
      return { [KEY]: name, at, bytes: part.byteLength };
    }
    if (Array.isArray(part)) return replaceItems(part, depth);
    if (typeof part === 'object' && part !== null) return replaceEntries(part, depth);
    if (typeof part === 'number' && !Number.isFinite(part))
      return { [KEY]: 'number', value: String(part) };
    if (typeof part === 'function' || typeof part === 'symbol' || typeof part === 'bigint') {
      throw new TypeError(`encode: a ${typeof part} is not carried`);
    }
    return part;
  }

  /** The same list where nothing in it is replaced: ten thousand rows of numbers and texts are not copied. */
  function replaceItems(list: readonly unknown[], depth: number): readonly unknown[] {
    let copy: unknown[] | null = null;
    for (let i = 0; i < list.length; i++) {
      const item = replace(list[i], depth + 1);
      if (item !== list[i]) copy ??= [...list];
      if (copy) copy[i] = item;
    }
    return copy ?? list;
  }

  function replaceEntries(object: object, depth: number): unknown {
    let copy: Record<string, unknown> | null = null;
    for (const key of Object.keys(object)) {
      const item = (object as Record<string, unknown>)[key];
      const replaced = replace(item, depth + 1);
      if (replaced === item) continue;
      copy ??= Object.fromEntries(Object.entries(object));
      copy[key] = replaced;
    }
    const same = copy ?? object;
    return Object.hasOwn(object, KEY) ? { [KEY]: 'object', value: same } : same;
  }

  const headBytes = new TextEncoder().encode(head ?? 'null');
  const start = align(PREFIX_BYTES + headBytes.length);
  const out = new Uint8Array(start + offset);
  const prefix = new DataView(out.buffer);
  prefix.setUint32(0, MAGIC, true);
  prefix.setUint32(4, start - PREFIX_BYTES, true);
  out.fill(0x20, PREFIX_BYTES, start);
  out.set(headBytes, PREFIX_BYTES);
  let at = start;
  for (const array of arrays) {
    out.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at = align(at + array.byteLength);
  }
  return out;
}

/**
 * The value that `encode` was given; its typed arrays are views of `bytes` where alignment allows.
 * @param from `own` for what this program wrote and a hash vouches for: how deeply it is nested is not looked at
 * @throws Error with one sentence when the bytes are not such a body
 */
export function decode(bytes: Uint8Array, from: 'own' | 'anybody' = 'anybody'): unknown {
  const fail = (why: string): never => {
    throw new Error(`The body is not in Fiducial's format: ${why}.`);
  };
  if (bytes.length < PREFIX_BYTES) fail('it is too short');
  const prefix = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (prefix.getUint32(0, true) !== MAGIC) fail('its first bytes are wrong');
  const start = PREFIX_BYTES + prefix.getUint32(4, true);
  if (start > bytes.length) fail('its head ends too early');

  // Parsed to its end, megabytes of brackets would hold up everybody for seconds before they are refused.
  const headBytes = bytes.subarray(PREFIX_BYTES, start);
  if (from === 'anybody' && isDeeper(headBytes, 2 * MAX_DEPTH)) fail('it is nested too deeply');
  let head: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(headBytes);
    head = JSON.parse(text);
  } catch {
    fail('its head is not JSON');
  }

  /** In place, as the head is nobody else's: a copy of each of thousands of rows costs more than reading them. */
  function restore(part: unknown): unknown {
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return restoreItems(part);
    const object = part as Record<string, unknown>;
    if (!Object.hasOwn(object, KEY)) return restoreEntries(object);
    const type = object[KEY];
    if (type === 'object') return restoreEntries(asObject(object['value']));
    if (type === 'number') return asNumber(object['value']);
    if (typeof type !== 'string' || !Object.hasOwn(ARRAY_TYPES, type)) {
      return fail('it refers to an unknown kind of array');
    }
    return view(ARRAY_TYPES[type as ArrayTypeName], object['at'], object['bytes']);
  }

  function restoreItems(list: unknown[]): unknown[] {
    for (let i = 0; i < list.length; i++) {
      const item = list[i];
      if (typeof item === 'object' && item !== null) list[i] = restore(item);
    }
    return list;
  }

  function restoreEntries(object: Record<string, unknown>): Record<string, unknown> {
    for (const key of Object.keys(object)) {
      const item = object[key];
      if (typeof item !== 'object' || item === null) continue;
      const value = restore(item);
      // Set, not defined, a key `__proto__` would be no key any more.
      if (value !== item) Object.defineProperty(object, key, { ...OWN, value });
    }
    return object;
  }

  function view(Type: (typeof ARRAY_TYPES)[ArrayTypeName], at: unknown, length: unknown): unknown {
    if (!isCount(at) || !isCount(length) || start + at + length > bytes.length) {
      return fail('an array lies outside of it');
    }
    if (length % Type.BYTES_PER_ELEMENT !== 0) return fail('an array has a broken length');
    const offset = bytes.byteOffset + start + at;
    if (offset % Type.BYTES_PER_ELEMENT === 0) {
      return new Type(bytes.buffer as ArrayBuffer, offset, length / Type.BYTES_PER_ELEMENT);
    }
    const copy = bytes.slice(start + at, start + at + length);
    return new Type(copy.buffer as ArrayBuffer, copy.byteOffset, length / Type.BYTES_PER_ELEMENT);
  }

  function asObject(value: unknown): Record<string, unknown> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return fail('an escaped object is none');
    }
    return value as Record<string, unknown>;
  }

  function asNumber(value: unknown): number {
    if (value === 'NaN') return NaN;
    if (value === 'Infinity') return Infinity;
    if (value === '-Infinity') return -Infinity;
    return fail('a number is none');
  }

  return restore(head);
}

/** Whether brackets and braces outside of strings are nested more deeply than a number of levels. */
function isDeeper(json: Uint8Array, most: number): boolean {
  let depth = 0;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (byte === QUOTE) {
      for (i++; i < json.length && json[i] !== QUOTE; i++) if (json[i] === BACKSLASH) i++;
    } else if (byte === BRACKET || byte === BRACE) {
      if (++depth > most) return true;
    } else if (byte === BRACKET + 2 || byte === BRACE + 2) depth--;
  }
  return false;
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
