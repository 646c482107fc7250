import type { Lead } from '../../../shared/domain';

const PREFERRED = ['MLII', 'II'];

// Recorded in mV by some monitors, but not from the heart.
const OTHER_SIGNALS =
  /^(resp|pleth|ppg|abp|art|bp|pap|cvp|icp|co2|spo2|eeg|emg|eog|gsr|acc|marker|squarewave|ramp|pulse|noise|sine)/i;

/**
 * The lead that a single-lead model reads when the person has not chosen: the first of the preferred names that
 * the record has, else its first ECG lead.
 * @param preferred names in order of preference, compared without case and without a leading `ECG` or `lead`
 * @returns index of the lead, or null when the record has no ECG lead
 */
export function leadForModel(
  leads: readonly Pick<Lead, 'index' | 'name' | 'isEcg'>[],
  preferred: readonly string[] = PREFERRED,
): number | null {
  for (const name of preferred) {
    const lead = leads.find((candidate) => bareName(candidate.name) === name.toUpperCase());
    if (lead) return lead.index;
  }
  return leads.find((lead) => lead.isEcg && !OTHER_SIGNALS.test(lead.name))?.index ?? null;
}

function bareName(name: string): string {
  return name
    .trim()
    .replace(/^(ecg|ekg)[\s_-]+/i, '')
    .replace(/^lead[\s_-]+/i, '')
    .toUpperCase();
}
