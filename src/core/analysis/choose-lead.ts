import { err, ok, type ModelCard, type Result } from '../../shared/domain';
import type { RecordReader } from '../wfdb/types';
import { leadSignal, millivoltsPerUnit } from './lead-signal';

export interface ChosenLead {
  readonly index: number;
  readonly name: string;
}

/**
 * The lead that a single-lead model reads (design.md section 4): the one that the reader chose, else the first
 * of the model's preferred names that the record has, else the record's first ECG lead.
 * @returns `unsupported` when the record has no ECG lead or the chosen one is none, `not-found` for a wrong index
 */
export function chooseLead(
  reader: RecordReader,
  preferred: ModelCard['leads']['preferred'],
  wanted: number | null,
): Result<ChosenLead> {
  const ecg = reader.signals.filter(({ units }) => millivoltsPerUnit(units) !== null);
  const named = preferred
    .map((name) => ecg.find(({ description }) => sameLead(description, name)))
    .find((signal) => signal !== undefined);
  const index = wanted ?? (named ?? ecg[0])?.index;
  if (index === undefined) {
    return err('unsupported', `${reader.name} has no ECG lead (none of its signals is a voltage).`);
  }
  const lead = leadSignal(reader, index);
  return lead.ok ? ok({ index, name: lead.value.name }) : lead;
}

function sameLead(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
