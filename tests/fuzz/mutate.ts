import { integer } from '../../src/core/formats/wfdb/testing/random';

type Random = () => number;

/** Damages bytes; the input is never written to. */
export type Mutator = (bytes: Uint8Array, random: Random) => Uint8Array;

/** Some bits turned over. */
export const flipBits: Mutator = (bytes, random) => {
  const out = bytes.slice();
  for (let k = integer(random, 1, 8); k > 0 && out.length > 0; k--) {
    out[integer(random, 0, out.length - 1)]! ^= 1 << integer(random, 0, 7);
  }
  return out;
};

/** Some bytes replaced by any others, extremes among them. */
export const replaceBytes: Mutator = (bytes, random) => {
  const out = bytes.slice();
  for (let k = integer(random, 1, 8); k > 0 && out.length > 0; k--) {
    const value = random() < 0.3 ? (random() < 0.5 ? 0 : 255) : integer(random, 0, 255);
    out[integer(random, 0, out.length - 1)] = value;
  }
  return out;
};

/** The end, the start or a stretch in between taken away. */
export const cut: Mutator = (bytes, random) => {
  const from = integer(random, 0, bytes.length);
  const to = random() < 0.5 ? bytes.length : integer(random, from, bytes.length);
  return join(bytes.subarray(0, from), bytes.subarray(to));
};

/** Random bytes, or a stretch of the file itself, put in somewhere. */
export const insert: Mutator = (bytes, random) => {
  const at = integer(random, 0, bytes.length);
  const length = integer(random, 1, 40);
  const from = integer(random, 0, bytes.length);
  const added =
    random() < 0.5
      ? Uint8Array.from({ length }, () => integer(random, 0, 255))
      : bytes.subarray(from, from + length);
  return join(bytes.subarray(0, at), added, bytes.subarray(at));
};

const NASTY = [
  '0', '-1', '1', 'NaN', '1e999', '-', '99999999999999999999', '2147483648', '4294967296', '1e-320', '~', '/', '..',
  '../x', '200(', '200()', '16x0', '16x65536', '212:16777216', '8+9007199254740993', '0/0', '360/0(1', '\t', '\r', 'é',
]; // oxfmt-ignore

/** A word of a text replaced by one that a parser may stumble over. Meant for headers. */
export const replaceWord: Mutator = (bytes, random) => {
  const words = Buffer.from(bytes).toString('latin1').split(/(\s+)/);
  for (let k = integer(random, 1, 3); k > 0; k--) {
    words[integer(random, 0, words.length - 1)] = NASTY[integer(random, 0, NASTY.length - 1)]!;
  }
  return Uint8Array.from(Buffer.from(words.join(''), 'latin1'));
};

/** A line of a text doubled, dropped or moved. Meant for headers. */
export const shuffleLines: Mutator = (bytes, random) => {
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  const [line] = lines.splice(integer(random, 0, lines.length - 1), 1);
  const copies = integer(random, 0, 3);
  for (let k = 0; k < copies; k++) lines.splice(integer(random, 0, lines.length), 0, line!);
  return Uint8Array.from(Buffer.from(lines.join('\n'), 'latin1'));
};

export const BYTE_MUTATORS: readonly Mutator[] = [flipBits, replaceBytes, cut, insert];
export const TEXT_MUTATORS: readonly Mutator[] = [
  ...BYTE_MUTATORS,
  replaceWord,
  replaceWord,
  shuffleLines,
];

/** One to three mutations in a row. */
export function mutate(bytes: Uint8Array, random: Random, mutators = BYTE_MUTATORS): Uint8Array {
  let out = bytes;
  for (let k = integer(random, 1, 3); k > 0; k--) {
    out = mutators[integer(random, 0, mutators.length - 1)]!(out, random);
  }
  return out;
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
