import type { BitReader } from './bit-reader';

/** Predictors of order 0 to 4 with their own coefficients, the newest sample first (RFC 9639, section 9.2.5). */
const FIXED: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/**
 * Decodes the subframe of one channel (RFC 9639, section 9.2).
 * @param bits of a sample, 4 to 25
 * @returns null for a subframe that the format does not allow
 */
export function decodeSubframe(
  reader: BitReader,
  samples: number,
  bits: number,
): Int32Array | null {
  if (reader.bits(1) !== 0) return null;
  const type = reader.bits(6);
  const wasted = reader.bits(1) === 1 ? reader.unary() + 1 : 0;
  if (wasted >= bits) return null;
  const values = decodeValues(reader, type, samples, bits - wasted);
  if (values && wasted > 0) for (let k = 0; k < samples; k++) values[k]! <<= wasted;
  return values;
}

function decodeValues(
  reader: BitReader,
  type: number,
  samples: number,
  bits: number,
): Int32Array | null {
  if (type === 0) return new Int32Array(samples).fill(reader.signed(bits));
  const values = new Int32Array(samples);
  if (type === 1) {
    for (let k = 0; k < samples; k++) values[k] = reader.signed(bits);
    return values;
  }
  const isFixed = type >= 8 && type < 8 + FIXED.length;
  if (!isFixed && type < 32) return null;
  const order = isFixed ? type - 8 : type - 31;
  if (order > samples) return null;
  for (let k = 0; k < order; k++) values[k] = reader.signed(bits);
  if (isFixed) {
    return readResidual(reader, values, order) ? predict(values, FIXED[order]!, 0) : null;
  }
  const precision = reader.bits(4) + 1;
  const shift = reader.signed(5);
  if (precision === 16 || shift < 0) return null;
  const coefficients = Array.from({ length: order }, () => reader.signed(precision));
  return readResidual(reader, values, order) ? predict(values, coefficients, shift) : null;
}

/**
 * Adds to each residual what the samples before it predict, in place (section 9.2.6).
 * @param shift the prediction's right shift, bits
 */
function predict(values: Int32Array, coefficients: readonly number[], shift: number): Int32Array {
  const order = coefficients.length;
  const scale = 2 ** -shift;
  for (let k = order; k < values.length; k++) {
    // 32 products of 15 and 25 bits take up to 45 bits, which a double holds exactly.
    let sum = 0;
    for (let j = 0; j < order; j++) sum += coefficients[j]! * values[k - 1 - j]!;
    values[k]! += Math.floor(sum * scale);
  }
  return values;
}

/**
 * Reads the coded residual into values[order...] (section 9.2.7).
 * @returns false for one that the format does not allow
 */
function readResidual(reader: BitReader, values: Int32Array, order: number): boolean {
  const method = reader.bits(2);
  if (method > 1) return false;
  const parameterBits = method === 0 ? 4 : 5;
  const escape = 2 ** parameterBits - 1;
  const partitions = 1 << reader.bits(4);
  const length = values.length / partitions;
  if (!Number.isInteger(length) || length < order) return false;
  for (let partition = 0, at = order; partition < partitions; partition++) {
    const end = (partition + 1) * length;
    const parameter = reader.bits(parameterBits);
    if (parameter === escape) {
      const bits = reader.bits(5);
      while (at < end) values[at++] = reader.signed(bits);
      continue;
    }
    const scale = 2 ** parameter;
    while (at < end) {
      const folded = reader.unary() * scale + reader.bits(parameter);
      if (folded >= 2 ** 32) return false;
      // Even numbers are positive ones, odd numbers negative ones.
      values[at++] = (folded >>> 1) ^ -(folded & 1);
    }
  }
  return true;
}
