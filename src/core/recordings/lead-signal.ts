import { err, ok, type Result } from '../../shared/domain';
import type { ReadSamples } from '../dsp';
import type { RecordReader } from '../formats/wfdb/types';

const MILLIVOLTS: Readonly<Record<string, number>> = {
  v: 1e3,
  mv: 1,
  uv: 1e-3,
  µv: 1e-3, // micro sign
  μv: 1e-3, // Greek mu
  nv: 1e-6,
};

/** How many mV one unit of a signal is, or null when the unit is no voltage. Headers also write `mv`. */
export function millivoltsPerUnit(units: string): number | null {
  return MILLIVOLTS[units.trim().toLowerCase()] ?? null;
}

/** One ECG lead as a row of samples in mV, counted at its own rate. */
export interface LeadSignal {
  readonly name: string;
  /** Frame rate times samples per frame. */
  readonly rateHz: number;
  readonly length: number;
  /** Samples [start, end) in mV, NaN where missing; reads the frames that hold them and no others. */
  readonly read: ReadSamples;
}

/** @returns `not-found` for an index the record does not have, `unsupported` for a signal that is no voltage */
export function leadSignal(reader: RecordReader, index: number): Result<LeadSignal> {
  const spec = reader.signals[index];
  if (!spec) {
    return err(
      'not-found',
      `${reader.name} has no signal ${index}; it has ${reader.signals.length}.`,
    );
  }
  const name = spec.description || `signal ${index}`;
  const scale = millivoltsPerUnit(spec.units);
  if (scale === null) {
    return err(
      'unsupported',
      `${reader.name}: "${name}" is measured in "${spec.units}", which is no voltage, so it is no ECG lead.`,
    );
  }
  const perFrame = spec.samplesPerFrame;
  return ok({
    name,
    rateHz: reader.frameRateHz * perFrame,
    length: reader.frames * perFrame,
    async read(start, end) {
      const startFrame = Math.floor(start / perFrame);
      const physical = await reader.readPhysical(index, startFrame, Math.ceil(end / perFrame));
      if (!physical.ok) return physical;
      const offset = start - startFrame * perFrame;
      const samples = physical.value.subarray(offset, offset + end - start);
      if (scale !== 1) for (let i = 0; i < samples.length; i++) samples[i]! *= scale;
      return ok(samples);
    },
  });
}
