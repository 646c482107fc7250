import { ok, type Result } from '../../../shared/domain';
import { invalidCode, sampleBits } from './formats';
import type { StoredPiece } from './record-source';
import type { SignalSpec } from './types';

/** How stored samples become the values that a caller asked for. */
export interface Scale<T> {
  /** Room for values, not cleared: every one is written, by `read` or by `blank`. */
  allocate(length: number): T;
  /** Fills into[from, to) with a piece; `scratch(n)` lends room for n samples. */
  read(
    piece: StoredPiece,
    into: T,
    from: number,
    to: number,
    scratch: (length: number) => Int32Array,
  ): Promise<Result<null>>;
  /** Marks into[from, to) as missing. */
  blank(into: T, from: number, to: number): void;
}

/** Values in the signal's unit, (sample - baseline) / gain (signal(5)), NaN where missing. */
export const PHYSICAL: Scale<Float64Array> = {
  allocate: (length) => new Float64Array(uncleared(8 * length), 0, length),
  blank: (into, from, to) => void into.fill(NaN, from, to),
  async read(piece, into, from, to, scratch) {
    if (piece.decodeByTable) return piece.decodeByTable(tableOf(piece.spec), into, from);
    const samples = scratch(to - from);
    const decoded = await piece.decode(samples);
    if (!decoded.ok) return decoded;
    const { gainAduPerUnit: gain, baselineAdu: baseline } = piece.spec;
    for (let k = 0; k < samples.length; k++) into[from + k] = (samples[k]! - baseline) / gain;
    // Seldom needed, and a test inside the loop above would make it twice as slow.
    const missing = invalidCode(piece.spec.format);
    for (let k = samples.indexOf(missing); k >= 0; k = samples.indexOf(missing, k + 1)) {
      into[from + k] = NaN;
    }
    return ok(null);
  },
};

/** Clearing the memory of a long recording takes as long as decoding it. */
function uncleared(bytes: number): ArrayBuffer {
  return Buffer.allocUnsafeSlow(bytes).buffer as ArrayBuffer;
}

const tables = new WeakMap<SignalSpec, Float64Array>();

/** Value in the signal's unit by the bits of a sample, in two's complement; the most negative one means missing. */
function tableOf(spec: SignalSpec): Float64Array {
  const known = tables.get(spec);
  if (known) return known;
  const size = 2 ** sampleBits(spec.format);
  const table = new Float64Array(size);
  for (let sample = -size / 2; sample < size / 2; sample++) {
    table[sample & (size - 1)] = (sample - spec.baselineAdu) / spec.gainAduPerUnit;
  }
  table[size / 2] = NaN;
  tables.set(spec, table);
  return table;
}

/** Integers in the scale of the record: samples of a segment with another gain or baseline are rescaled. */
export function digitalScale(wanted: SignalSpec): Scale<Int32Array> {
  const missing = invalidCode(wanted.format);
  return {
    allocate: (length) => new Int32Array(uncleared(4 * length), 0, length),
    blank: (into, from, to) => void into.fill(missing, from, to),
    async read(piece, into, from, to, scratch) {
      const own = piece.spec;
      const ownMissing = invalidCode(own.format);
      const sameScale =
        own.gainAduPerUnit === wanted.gainAduPerUnit && own.baselineAdu === wanted.baselineAdu;
      if (sameScale && ownMissing === missing) return piece.decode(into.subarray(from, to));
      const samples = scratch(to - from);
      const decoded = await piece.decode(samples);
      if (!decoded.ok) return decoded;
      for (let k = 0; k < samples.length; k++) {
        const sample = samples[k]!;
        const value = (sample - own.baselineAdu) / own.gainAduPerUnit;
        if (sample === ownMissing) into[from + k] = missing;
        else if (sameScale) into[from + k] = sample;
        else into[from + k] = Math.round(value * wanted.gainAduPerUnit + wanted.baselineAdu);
      }
      return ok(null);
    },
  };
}
