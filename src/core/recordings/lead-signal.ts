import { millivoltsPerUnit, ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { ReadSamples } from '../dsp';
import type { OpenRecording } from '../formats/open-recording';

/** One ECG lead as a row of samples in mV, counted at its own rate. */
export interface LeadSignal {
  readonly name: string;
  readonly rateHz: number;
  readonly length: number;
  /** Samples [start, end) in mV, NaN where missing. */
  readonly read: ReadSamples;
}

/** Beyond this no electrocardiogram is sampled; filters and detector would grow without use. */
export const HIGHEST_RATE_HZ = 100_000;

/** `leadSignal` of each of some leads, or what the first of them that has none answers. */
export function leadSignals(
  recording: OpenRecording,
  indices: readonly number[],
): Result<LeadSignal[]> {
  const leads: LeadSignal[] = [];
  for (const index of indices) {
    const lead = leadSignal(recording, index);
    if (!lead.ok) return lead;
    leads.push(lead.value);
  }
  return ok(leads);
}

/** @returns `not-found` for an index the recording does not have, `unsupported` for a signal that is no voltage, or faster than 100 kHz */
export function leadSignal(recording: OpenRecording, index: number): Result<LeadSignal> {
  const lead = recording.leads[index];
  if (!lead) {
    return errSaid('not-found', 'files.noSignal', {
      name: recording.name,
      index,
      count: recording.leads.length,
    });
  }
  const name = lead.name.trim() || `signal ${index}`;
  const scale = millivoltsPerUnit(lead.units);
  if (scale === null) {
    return errSaid('unsupported', 'files.noVoltage', {
      name: recording.name,
      lead: name,
      units: lead.units,
    });
  }
  if (lead.samplingRateHz > HIGHEST_RATE_HZ) {
    return errSaid('unsupported', 'files.tooFast', {
      name: recording.name,
      lead: name,
      rate: lead.samplingRateHz,
      highest: HIGHEST_RATE_HZ,
    });
  }
  return ok({
    name,
    rateHz: lead.samplingRateHz,
    length: lead.samples,
    async read(start, end) {
      const samples = await recording.readPhysical(index, start, end);
      if (!samples.ok) return samples;
      if (scale !== 1) for (let i = 0; i < samples.value.length; i++) samples.value[i]! *= scale;
      return samples;
    },
  });
}
