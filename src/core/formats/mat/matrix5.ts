import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { bytesAt, elementAt, elementsFrom, wordAt, type Element, type Elements } from './elements5';
import { textRows } from './text5';
import { countOf, numberCode, type MatValue, type NumericArray } from './values';

/** A named array of version 5. */
export interface NamedArray {
  readonly name: string;
  readonly value: MatValue;
}

const MATRIX = 14;

/** Array classes (MAT-File Format, table 1-3). */
const CELL = 1;
const STRUCT = 2;
const CHAR = 4;
const FIRST_NUMBER = 6;
const SINGLE = 7;
const LAST_NUMBER = 15;
/** Flag of an array with imaginary parts. */
const COMPLEX = 0x0800;

/** Bounds on what describes a recording; the samples themselves have none. */
const LIMITS = {
  depth: 8,
  cells: 1024,
  fields: 512,
  textBytes: 65_536,
  headerBytes: 4096,
} as const;

/** What an array's own elements say of it. */
interface ArrayHead {
  readonly name: string;
  readonly kind: number;
  readonly isComplex: boolean;
  readonly dims: readonly number[];
  /** Where the data after the name begin, and where the array ends. */
  readonly dataAt: number;
  readonly end: number;
}

/**
 * Reads one array without its numbers.
 * @param at its tag
 * @param end where it ends at the latest
 * @returns `bad-header` where its parts run out of it
 */
export async function readMatrix(
  elements: Elements,
  at: number,
  end: number,
): Promise<Result<NamedArray>> {
  const element = await elementAt(elements, at, end);
  if (!element.ok) return element;
  if (element.value.type === MATRIX) return matrixOf(elements, element.value, 0);
  return errSaid('bad-header', 'files.matNoArray', { file: elements.fileName, at });
}

async function matrixOf(
  elements: Elements,
  element: Element,
  depth: number,
): Promise<Result<NamedArray>> {
  if (element.size === 0) return ok({ name: '', value: { kind: 'other' } }); // an empty cell or field
  const head = await headOf(elements, element);
  if (!head.ok) return head;
  const value = await valueOf(elements, head.value, depth);
  return value.ok ? ok({ name: head.value.name, value: value.value }) : value;
}

async function headOf(elements: Elements, element: Element): Promise<Result<ArrayHead>> {
  const end = element.dataAt + element.size;
  const parts = await elementsFrom(elements, element.dataAt, end, 3);
  if (!parts.ok) return parts;
  const [flags, dimensions, name] = parts.value;
  if (!flags || !dimensions || !name || flags.size < 4 || dimensions.size > LIMITS.headerBytes) {
    return errSaid('bad-header', 'files.matNoName', {
      file: elements.fileName,
      at: element.dataAt,
    });
  }
  const flagBytes = await bytesAt(elements, flags.dataAt, 4);
  if (!flagBytes.ok) return flagBytes;
  const dimBytes = await bytesAt(elements, dimensions.dataAt, dimensions.size);
  if (!dimBytes.ok) return dimBytes;
  const nameBytes = await bytesAt(elements, name.dataAt, Math.min(name.size, LIMITS.headerBytes));
  if (!nameBytes.ok) return nameBytes;
  const flag = wordAt(elements, flagBytes.value, 0);
  return ok({
    name: nameBytes.value.toString('latin1'),
    kind: flag & 0xff,
    isComplex: (flag & COMPLEX) !== 0,
    dims: Array.from({ length: dimensions.size >> 2 }, (_, k) =>
      wordAt(elements, dimBytes.value, 4 * k),
    ),
    dataAt: name.next,
    end,
  });
}

async function valueOf(
  elements: Elements,
  head: ArrayHead,
  depth: number,
): Promise<Result<MatValue>> {
  const { kind, isComplex, dataAt, end } = head;
  if (kind === STRUCT && depth < LIMITS.depth) return structure(elements, head, depth);
  if (kind === CELL && depth < LIMITS.depth) return cells(elements, head, depth);
  const isNumber = kind >= FIRST_NUMBER && kind <= LAST_NUMBER && !isComplex;
  if ((!isNumber && kind !== CHAR) || dataAt + 8 > end) return ok({ kind: 'other' });
  const data = await elementAt(elements, dataAt, end);
  if (!data.ok) return data;
  return isNumber ? numbers(elements, head, data.value) : text(elements, head, data.value);
}

function numbers(elements: Elements, { dims, kind }: ArrayHead, data: Element): Result<MatValue> {
  const code = numberCode(data.type, elements.bigEndian);
  if (!code) return ok({ kind: 'other' });
  const array: NumericArray = {
    kind: 'numbers',
    dims,
    code,
    isIntegerClass: kind > SINGLE,
    source: elements.source,
    byteOffset: data.dataAt,
  };
  if (countOf(array) * code.bytes <= data.size) return ok(array);
  const shape = { file: elements.fileName, shape: dims.join(' x '), bytes: data.size };
  return errSaid('bad-header', 'files.matArraySize', shape);
}

async function text(
  elements: Elements,
  { dims }: ArrayHead,
  data: Element,
): Promise<Result<MatValue>> {
  if (data.size > LIMITS.textBytes) return ok({ kind: 'other' });
  const bytes = await bytesAt(elements, data.dataAt, data.size);
  if (!bytes.ok) return bytes;
  return ok({
    kind: 'text',
    rows: textRows(bytes.value, data.type, elements.bigEndian, dims[0] ?? 0),
  });
}

/** A cell array of texts becomes the first row of each. */
async function cells(
  elements: Elements,
  { dataAt, end }: ArrayHead,
  depth: number,
): Promise<Result<MatValue>> {
  const parts = await elementsFrom(elements, dataAt, end, LIMITS.cells);
  if (!parts.ok) return parts;
  const rows: string[] = [];
  for (const part of parts.value) {
    if (part.type !== MATRIX) return ok({ kind: 'other' });
    const cell = await matrixOf(elements, part, depth + 1);
    if (!cell.ok) return cell;
    if (cell.value.value.kind !== 'text') return ok({ kind: 'other' });
    rows.push(cell.value.value.rows[0] ?? '');
  }
  return ok({ kind: 'text', rows });
}

/** A structure of one element; arrays of structures are of no use here. */
async function structure(
  elements: Elements,
  { dims, dataAt, end }: ArrayHead,
  depth: number,
): Promise<Result<MatValue>> {
  const head = await elementsFrom(elements, dataAt, end, 2);
  if (!head.ok) return head;
  const [width, names] = head.value;
  const isSingle = countOf({ dims }) === 1;
  if (!width || !names || width.size < 4 || names.size > LIMITS.textBytes || !isSingle) {
    return ok({ kind: 'other' });
  }
  const widthBytes = await bytesAt(elements, width.dataAt, 4);
  if (!widthBytes.ok) return widthBytes;
  const nameBytes = await bytesAt(elements, names.dataAt, names.size);
  if (!nameBytes.ok) return nameBytes;
  const length = wordAt(elements, widthBytes.value, 0);
  const count = length > 0 ? Math.min(LIMITS.fields, Math.floor(names.size / length)) : 0;
  const parts = await elementsFrom(elements, names.next, end, count);
  if (!parts.ok) return parts;
  const fields = new Map<string, MatValue>();
  for (const [k, part] of parts.value.entries()) {
    if (part.type !== MATRIX) continue;
    const field = await matrixOf(elements, part, depth + 1);
    if (!field.ok) return field;
    const name = nameBytes.value.toString('latin1', k * length, (k + 1) * length);
    fields.set(name.split('\0', 1)[0]!, field.value.value);
  }
  return ok({ kind: 'struct', fields });
}
