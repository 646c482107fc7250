import path from 'node:path';
import type { Lead, RecordingInfo } from '../../../shared/domain';
import { annotatorsOf } from './annotators';
import { patientOf } from './patient';
import type { RecordReader, SignalSpec } from './types';

/** What the viewer shows of a record before any sample is read. */
export async function recordingInfo(
  reader: RecordReader,
  recordingId: string,
): Promise<RecordingInfo> {
  const leads = reader.signals.map((spec) => leadOf(spec, reader.frameRateHz));
  const assumed = leads.filter((lead) => lead.gainAssumed);
  const warnings = [...reader.warnings];
  if (assumed.length > 0) {
    warnings.push({
      code: 'gain-assumed',
      message: `No gain is given for ${assumed.map((lead) => lead.name).join(', ')}; ${assumed[0]!.gainAduPerUnit} ADU/mV was assumed.`,
    });
  }
  return {
    recordingId,
    name: reader.name,
    folder: path.basename(path.dirname(reader.headerPath)),
    durationS: reader.frames / reader.frameRateHz,
    samplingRateHz: reader.frameRateHz,
    leads,
    startClock: reader.startClock,
    comments: [...reader.comments],
    patient: patientOf(reader.comments),
    synthetic: reader.comments.some((comment) => /synthetic/i.test(comment)),
    annotators: await annotatorsOf(reader),
    warnings,
  };
}

function leadOf(spec: SignalSpec, frameRateHz: number): Lead {
  return {
    index: spec.index,
    name: spec.description || `signal ${spec.index}`,
    units: spec.units,
    // mV, uV and V in any spelling, also with the micro sign or the Greek letter.
    isEcg: /^[munµμ]?v$/i.test(spec.units),
    samplingRateHz: frameRateHz * spec.samplesPerFrame,
    gainAduPerUnit: spec.gainAduPerUnit,
    gainAssumed: spec.gainAssumed,
    baselineAdu: spec.baselineAdu,
    adcResolutionBits: spec.adcResolutionBits,
  };
}
