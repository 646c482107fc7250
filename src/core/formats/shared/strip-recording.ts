import path from 'node:path';
import type { Patient, Warning } from '../../../shared/domain';
import { warningSaid } from '../../../shared/domain/said';
import type {
  DeviceMeasurement,
  OpenRecording,
  RecordedAnnotations,
  StoredBeat,
  TimeSpan,
} from '../open-recording';
import { ageOn } from './age-on';
import { createRecording } from './create-recording';
import type { LeadSource } from './lead-source';

/** What a format of short strips tells besides the samples; what it leaves out is empty. */
export interface StripFacts {
  readonly format: string;
  readonly formatTitle: string;
  /** Local wall-clock time of the first sample, as `OpenRecording` gives it. */
  readonly startClock: string | null;
  readonly patient?: Partial<Patient>;
  readonly comments?: readonly string[];
  readonly warnings?: readonly Warning[];
  readonly measurements?: readonly DeviceMeasurement[];
  readonly storedBeats?: readonly StoredBeat[];
  readonly annotations?: readonly RecordedAnnotations[];
  /** Files that those were read from. */
  readonly beside?: readonly string[];
  /** Time that was not recorded in any lead. */
  readonly gaps?: readonly TimeSpan[];
  readonly close?: () => Promise<void>;
}

const NOBODY: Patient = { name: null, id: null, birthDate: null, ageYears: null, sex: null };

/** A recording that one file holds from its first to its last sample. */
export function stripRecording(
  file: string,
  facts: StripFacts,
  sources: readonly LeadSource[],
): OpenRecording {
  const { annotations = [], warnings = [], ...given } = facts;
  const patient = { ...NOBODY, ...facts.patient };
  const ageYears = patient.ageYears ?? ageOn(patient.birthDate, facts.startClock);
  const durationS = Math.max(0, ...sources.map(({ lead }) => lead.samples / lead.samplingRateHz));
  return createRecording(
    {
      comments: [],
      warnings: [...warnings, ...emptyLeads(path.basename(file), sources)],
      measurements: [],
      storedBeats: [],
      gaps: [],
      ...given,
      name: path.parse(file).name,
      path: file,
      files: [file],
      durationS,
      patient: { ...patient, ageYears },
      annotationSources: new Map(
        annotations.map((rows) => [rows.annotator, async () => ({ ok: true, value: rows })]),
      ),
    },
    sources.map((source) => toEnd(source, durationS)),
  );
}

/** A lead that ends before others misses the rest: every lead goes to the end of its recording. */
function toEnd(source: LeadSource, durationS: number): LeadSource {
  const { samples, samplingRateHz } = source.lead;
  const wanted = Math.round(durationS * samplingRateHz);
  if (samples === 0 || samples >= wanted) return source;
  return { ...source, lead: { ...source.lead, samples: wanted } };
}

/** Leads that are there by name alone. */
function emptyLeads(fileName: string, sources: readonly LeadSource[]): Warning[] {
  const names = sources.filter(({ lead }) => lead.samples === 0).map(({ lead }) => lead.name);
  if (names.length === 0) return [];
  return [
    warningSaid('empty-lead', 'warnings.emptyLeads', { file: fileName, names: names.join(', ') }),
  ];
}
