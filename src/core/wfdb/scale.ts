import { invalidCode, sampleBits } from './formats';
import type { SignalSpec } from './types';

/** Up to this many bits a table of all physical values is smaller and faster than a division per sample. */
const TABLE_BITS = 12;
const tables = new WeakMap<SignalSpec, Float64Array>();

/**
 * Samples in the signal's unit, (sample - baseline) / gain (signal(5)), NaN where missing.
 * @param spec scale of the samples; null for a gap, which is all missing
 */
export function storePhysical(
  samples: Int32Array,
  spec: SignalSpec | null,
  into: Float64Array,
  at: number,
): void {
  if (!spec) {
    into.fill(NaN, at, at + samples.length);
    return;
  }
  if (sampleBits(spec.format) <= TABLE_BITS) {
    const table = tableOf(spec);
    const zero = table.length / 2;
    for (let k = 0; k < samples.length; k++) into[at + k] = table[samples[k]! + zero]!;
    return;
  }
  const { gainAduPerUnit: gain, baselineAdu: baseline } = spec;
  for (let k = 0; k < samples.length; k++) into[at + k] = (samples[k]! - baseline) / gain;
  // Seldom needed, and a test inside the loop above would make it twice as slow.
  const missing = invalidCode(spec.format);
  for (let k = samples.indexOf(missing); k >= 0; k = samples.indexOf(missing, k + 1))
    into[at + k] = NaN;
}

/** Physical value of every sample value of a format, the most negative first; that one means missing. */
function tableOf(spec: SignalSpec): Float64Array {
  let table = tables.get(spec);
  if (!table) {
    const size = 2 ** sampleBits(spec.format);
    table = Float64Array.from(
      { length: size },
      (_, k) => (k - size / 2 - spec.baselineAdu) / spec.gainAduPerUnit,
    );
    table[0] = NaN;
    tables.set(spec, table);
  }
  return table;
}

/** Samples in the scale of the record: those of a segment with another gain or baseline are rescaled. */
export function storeDigital(
  samples: Int32Array,
  own: SignalSpec | null,
  wanted: SignalSpec,
  into: Int32Array,
  at: number,
): void {
  const missing = invalidCode(wanted.format);
  if (!own) {
    into.fill(missing, at, at + samples.length);
    return;
  }
  const ownMissing = invalidCode(own.format);
  const sameScale =
    own.gainAduPerUnit === wanted.gainAduPerUnit && own.baselineAdu === wanted.baselineAdu;
  if (sameScale && ownMissing === missing) {
    into.set(samples, at);
    return;
  }
  for (let k = 0; k < samples.length; k++) {
    const sample = samples[k]!;
    const value = (sample - own.baselineAdu) / own.gainAduPerUnit;
    if (sample === ownMissing) into[at + k] = missing;
    else if (sameScale) into[at + k] = sample;
    else into[at + k] = Math.round(value * wanted.gainAduPerUnit + wanted.baselineAdu);
  }
}
