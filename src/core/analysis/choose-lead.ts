import { ok, type ModelCard, type Result } from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';
import { leadForModel } from '../recordings/lead-for-model';
import { noEcgLead } from '../recordings/no-ecg-lead';
import { leadsOf } from '../recordings/recording-info';
import { leadSignal } from '../recordings/lead-signal';

export interface ChosenLead {
  readonly index: number;
  readonly name: string;
}

/**
 * The lead that a single-lead model reads: the one that the reader chose, else the first
 * of the model's preferred names that the record has, else the record's first ECG lead.
 * @returns `unsupported` when the record has no ECG lead or the chosen one is none, `not-found` for a wrong index
 */
export function chooseLead(
  recording: OpenRecording,
  preferred: ModelCard['leads']['preferred'],
  wanted: number | null,
): Result<ChosenLead> {
  const index = wanted ?? leadForModel(leadsOf(recording), preferred);
  if (index === null) return noEcgLead(recording);
  const lead = leadSignal(recording, index);
  return lead.ok ? ok({ index, name: lead.value.name }) : lead;
}
