import { decodeText } from '../../shared/decode-text';
import type { Annotation } from '../types';
import { AUX, CHN, annotationCode, NOTE, NUM, SKIP, SUB } from './codes';
import { definedSymbols, resolutionNote, statedResolutionHz } from './notes';

export interface WriteOptions {
  /** Samples per second of `sample`, written into the file where it differs from the record's frame rate. */
  readonly timeResolutionHz?: number | null;
  /** `notes` of the file that the annotations came from, or comments on the file as a whole. */
  readonly notes?: readonly string[];
}

/** Longest text of one annotation in bytes of UTF-8; the format has eight bits for its length. */
export const MAX_AUX_BYTES = 255;

// Intervals up to here fit into the ten bits of an annotation's own word.
const MAX_INTERVAL = 1023;

/**
 * Writes annotations in MIT format (annot(5)), in the order given; WFDB's tools expect ascending samples.
 * Text longer than MAX_AUX_BYTES is cut at a character.
 * @throws RangeError for a symbol without a code, a sample or field outside its range: a bug of the caller
 */
export function writeAnnotations(
  annotations: readonly Annotation[],
  options: WriteOptions = {},
): Uint8Array {
  const notes = [...(options.notes ?? [])];
  const resolution = options.timeResolutionHz ?? null;
  if (resolution !== null && statedResolutionHz(notes) === null)
    notes.unshift(resolutionNote(resolution));
  const ownCodes = new Map([...definedSymbols(notes)].map(([code, symbol]) => [symbol, code]));

  const out = byteList();
  let previous = { sample: 0, chan: 0, num: 0 };
  const put = (annotation: Annotation, code: number): void => {
    putInterval(out, code, annotation.sample - previous.sample);
    if (annotation.subtype !== 0) out.word(SUB, annotation.subtype & 0xff);
    if (annotation.chan !== previous.chan) out.word(CHN, annotation.chan & 0xff);
    if (annotation.num !== previous.num) out.word(NUM, annotation.num & 0xff);
    const aux = auxBytes(annotation.aux);
    if (aux.length > 0) {
      out.word(AUX, aux.length);
      out.bytes(aux);
      if (aux.length % 2 === 1) out.bytes([0]);
    }
    previous = annotation;
  };

  for (const aux of notes) put({ sample: 0, symbol: '"', subtype: 0, chan: 0, num: 0, aux }, NOTE);
  for (const annotation of annotations) {
    const code = ownCodes.get(annotation.symbol) ?? annotationCode(annotation.symbol);
    if (code === null) throw new RangeError(`annotation symbol ${annotation.symbol} has no code`);
    check(annotation);
    put(annotation, code);
  }
  out.word(0, 0);
  return out.finish();
}

function putInterval(out: ByteList, code: number, interval: number): void {
  let left = interval;
  if (left < 0 || left > MAX_INTERVAL) {
    // Each SKIP moves by a 32-bit number, high half first.
    while (left !== 0) {
      const step = Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, left));
      out.word(SKIP, 0);
      out.half(step >>> 16);
      out.half(step & 0xffff);
      left -= step;
    }
  }
  out.word(code, left);
}

/** The text as UTF-8; as Latin-1 where only that fits and is read as such; else cut before a character. */
function auxBytes(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= MAX_AUX_BYTES) return bytes;
  const latin1 = Uint8Array.from(Buffer.from(text, 'latin1'));
  if (latin1.length <= MAX_AUX_BYTES && decodeText(latin1) === text) return latin1;
  let end = MAX_AUX_BYTES;
  while ((bytes[end]! & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

function check({ sample, subtype, chan, num }: Annotation): void {
  const signedByte = (value: number) => Number.isInteger(value) && value >= -128 && value <= 127;
  const fine =
    Number.isSafeInteger(sample) &&
    signedByte(subtype) &&
    signedByte(num) &&
    Number.isInteger(chan) &&
    chan >= 0 &&
    chan <= 255;
  if (!fine) throw new RangeError(`annotation at ${sample} has a field outside its range`);
}

interface ByteList {
  word(code: number, value: number): void;
  half(value: number): void;
  bytes(values: ArrayLike<number>): void;
  finish(): Uint8Array;
}

function byteList(): ByteList {
  let buffer = new Uint8Array(4096);
  let length = 0;
  const bytes = (values: ArrayLike<number>): void => {
    if (length + values.length > buffer.length) {
      const larger = new Uint8Array(Math.max(buffer.length * 2, length + values.length));
      larger.set(buffer);
      buffer = larger;
    }
    buffer.set(values, length);
    length += values.length;
  };
  const half = (value: number): void => bytes([value & 0xff, (value >> 8) & 0xff]);
  return {
    word: (code, value) => half((code << 10) | value),
    half,
    bytes,
    finish: () => buffer.slice(0, length),
  };
}
