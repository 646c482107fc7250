import { basename, dirname } from 'node:path';
import {
  ecgLeadsAmong,
  millivoltsPerUnit,
  type Lead,
  type RecordingAbout,
  type RecordingInfo,
  type Warning,
} from '../../shared/domain';
import { warningSaid } from '../../shared/domain/said';
import type { OpenRecording } from '../formats/open-recording';
import { recordingIdOf } from '../base/recording-id';
import { annotationWarnings } from './annotation-warnings';
import { implausibleWarnings } from './implausible';

/** Display name of the folder that a recording lies in: its last part alone. */
export function folderOf(path: string): string {
  return basename(dirname(path));
}

/** That a scale was assumed which the file does not state. */
export function gainAssumedWarnings(
  leads: readonly Pick<Lead, 'name' | 'units' | 'gainAssumed' | 'gainAduPerUnit'>[],
): Warning[] {
  const assumed = leads.filter(
    (lead) => lead.gainAssumed && millivoltsPerUnit(lead.units) !== null,
  );
  if (assumed.length === 0) return [];
  const names = assumed.map((lead) => lead.name).join(', ');
  const gain = assumed[0]!.gainAduPerUnit;
  return [warningSaid('gain-assumed', 'warnings.gainAssumed', { leads: names, gain })];
}

/**
 * What the viewer is told of an opened recording. Reads the folder's names, the annotations beside it, and once
 * excerpts of its samples.
 */
export async function recordingInfo(recording: OpenRecording): Promise<RecordingInfo> {
  const leads = leadsOf(recording);
  const warnings = [...recording.warnings, ...gainAssumedWarnings(leads)];
  warnings.push(...(await implausibleWarnings(recording, leads)));
  warnings.push(...(await annotationWarnings(recording)));
  return {
    recordingId: recordingIdOf(recording.path),
    name: recording.name,
    folder: folderOf(recording.path),
    format: recording.format,
    formatTitle: recording.formatTitle,
    durationS: recording.durationS,
    samplingRateHz: rateOf(leads),
    leads,
    startClock: recording.startClock,
    comments: [...recording.comments],
    patient: recording.patient,
    synthetic: recording.comments.some((comment) => /synthetic/i.test(comment)),
    annotators: [...(await recording.annotators())],
    gaps: [...recording.gaps],
    measurements: [...recording.measurements],
    warnings,
  };
}

/** What the worklist keeps of an opened recording. Reads no samples. */
export function recordingAbout(recording: OpenRecording): RecordingAbout {
  const ecg = leadsOf(recording).filter((lead) => lead.isEcg);
  return {
    patient: recording.patient,
    durationS: recording.durationS,
    startClock: recording.startClock,
    ecgLeads: ecg.length,
    lead: ecg[0]?.index ?? null,
  };
}

/** The leads of a recording, each with its place, its name for people and whether it is one of the heart. */
export function leadsOf({ leads }: Pick<OpenRecording, 'leads'>): Lead[] {
  const isEcg = ecgLeadsAmong(leads);
  return leads.map((lead, index) => ({
    index,
    name: lead.name.trim() || `signal ${index}`,
    units: lead.units,
    isEcg: isEcg[index]!,
    samplingRateHz: lead.samplingRateHz,
    gainAduPerUnit: lead.gainAduPerUnit,
    gainAssumed: lead.gainAssumed,
    baselineAdu: lead.baselineAdu,
    adcResolutionBits: lead.adcResolutionBits,
    ...(lead.derivedFrom === undefined ? {} : { derivedFrom: lead.derivedFrom }),
    ...(lead.filters === undefined ? {} : { filters: lead.filters }),
  }));
}

/** The rate that stands for a recording: that of its first ECG lead, else its fastest signal's. */
function rateOf(leads: readonly Lead[]): number {
  const ecg = leads.find((lead) => lead.isEcg);
  return ecg?.samplingRateHz ?? Math.max(1, ...leads.map((lead) => lead.samplingRateHz));
}
