import { elementHead, ITEM, ITEM_END, SEQUENCE_END } from './elements';
import { UNDEFINED_LENGTH, type Encoding } from './vr';

/** A data element to be written: text, numbers of its representation, bytes, or the items of a sequence. */
export interface NewElement {
  readonly tag: number;
  readonly vr: string;
  readonly value: string | readonly number[] | Uint8Array | readonly (readonly NewElement[])[];
}

export interface EncodeOptions extends Encoding {
  /** Sequences and items end with delimiters instead of stating a length. */
  readonly undefinedLengths?: boolean;
}

export const EXPLICIT_LITTLE_ENDIAN: Encoding = { explicit: true, bigEndian: false };

/** Bytes of a number in each value representation that has binary numbers. */
const NUMBER_BYTES: Readonly<Record<string, 2 | 4>> = { US: 2, SS: 2, UL: 4, SL: 4 };

/** A data set of elements in the order of their tags (PS3.5, section 7). */
export function encodeDataSet(elements: readonly NewElement[], options: EncodeOptions): Buffer {
  const sorted = [...elements].sort((a, b) => a.tag - b.tag);
  return Buffer.concat(sorted.map((element) => encodeElement(element, options)));
}

function encodeElement({ tag, vr, value }: NewElement, options: EncodeOptions): Buffer {
  const bytes =
    vr === 'SQ' ? encodeItems(value as NewElement[][], options) : valueBytes(vr, value, options);
  const ended = vr === 'SQ' && options.undefinedLengths;
  const length = ended ? UNDEFINED_LENGTH : bytes.length;
  const head = elementHead({ tag, vr: options.explicit ? vr : '', length }, options);
  return Buffer.concat(ended ? [head, bytes, delimiter(SEQUENCE_END, options)] : [head, bytes]);
}

function encodeItems(items: readonly (readonly NewElement[])[], options: EncodeOptions): Buffer {
  const parts = items.flatMap((item) => {
    const bytes = encodeDataSet(item, options);
    const ended = options.undefinedLengths;
    const length = ended ? UNDEFINED_LENGTH : bytes.length;
    const head = elementHead({ tag: ITEM, vr: '', length }, options);
    return ended ? [head, bytes, delimiter(ITEM_END, options)] : [head, bytes];
  });
  return Buffer.concat(parts);
}

function delimiter(tag: number, options: EncodeOptions): Buffer {
  return elementHead({ tag, vr: '', length: 0 }, options);
}

/** Values have an even length: texts end with a space, identifiers and bytes with a zero (PS3.5, section 6.2). */
function valueBytes(vr: string, value: NewElement['value'], { bigEndian }: Encoding): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value, 'utf8');
    const padding = vr === 'UI' ? '\0' : ' ';
    return text.length % 2 === 0 ? text : Buffer.concat([text, Buffer.from(padding)]);
  }
  if (value instanceof Uint8Array) {
    return Buffer.concat(value.length % 2 === 0 ? [value] : [value, Buffer.alloc(1)]);
  }
  const size = NUMBER_BYTES[vr];
  if (!size) throw new Error(`no binary numbers in ${vr}`);
  const numbers = value as readonly number[];
  const bytes = Buffer.alloc(size * numbers.length);
  for (const [k, number] of numbers.entries()) {
    const bits = size === 2 ? number & 0xffff : number >>> 0;
    if (bigEndian) bytes.writeUIntBE(bits, k * size, size);
    else bytes.writeUIntLE(bits, k * size, size);
  }
  return bytes;
}

/** Preamble, mark and file meta information before a data set (PS3.10, section 7.1). */
export function fileMeta(meta: readonly NewElement[]): Buffer {
  const elements = encodeDataSet(
    [{ tag: 0x00020001, vr: 'OB', value: Uint8Array.of(0, 1) }, ...meta],
    EXPLICIT_LITTLE_ENDIAN,
  );
  const length = encodeDataSet(
    [{ tag: 0x00020000, vr: 'UL', value: [elements.length] }],
    EXPLICIT_LITTLE_ENDIAN,
  );
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), length, elements]);
}
