import { canonicalLeadName, ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { OpenRecording } from '../../formats/open-recording';
import { leadSignal, type LeadSignal } from '../../recordings/lead-signal';
import { noEcgLead } from '../../recordings/no-ecg-lead';
import { leadsOf } from '../../recordings/recording-info';

/**
 * Leads that show atrium and ventricle from different sides, in the order in which they are taken when a record has
 * more leads than the model reads; a record with unknown names gives its first ones.
 */
const PREFERRED = ['MLII', 'II', 'V1', 'MLI', 'I', 'V5', 'V2', 'MLIII', 'III', 'V4', 'V6', 'V3'];

/** Below this a QRS complex is too coarse to be classed. */
const LOWEST_RATE_HZ = 100;

/** A lead and its index in the record. */
export interface BeatLead extends LeadSignal {
  readonly index: number;
}

/**
 * The leads that the beat model reads: the one a reader chose, else up to `most` ECG leads of the record.
 * @returns `unsupported` for a record without an ECG lead sampled at 100 Hz or more
 */
export function beatLeads(
  recording: OpenRecording,
  most: number,
  wanted: number | null,
): Result<BeatLead[]> {
  if (wanted !== null) {
    const lead = leadSignal(recording, wanted);
    if (!lead.ok) return lead;
    return lead.value.rateHz >= LOWEST_RATE_HZ
      ? ok([{ index: wanted, ...lead.value }])
      : tooSlow(recording);
  }
  const ecg = leadsOf(recording).filter(({ isEcg }) => isEcg);
  if (ecg.length === 0) return noEcgLead(recording);
  const rank = (name: string): number => {
    const at = PREFERRED.indexOf(canonicalLeadName(name) ?? '');
    return at < 0 ? PREFERRED.length : at;
  };
  const chosen =
    ecg.length <= most ? ecg : [...ecg].sort((a, b) => rank(a.name) - rank(b.name)).slice(0, most);
  const leads: BeatLead[] = [];
  let refused: Result<never> | null = null;
  for (const { index } of chosen) {
    const lead = leadSignal(recording, index);
    if (!lead.ok) refused ??= lead;
    if (!lead.ok || lead.value.rateHz < LOWEST_RATE_HZ) continue;
    // The detector adds leads sample by sample, so they share one rate: that of the first.
    if (leads.length === 0 || lead.value.rateHz === leads[0]!.rateHz)
      leads.push({ index, ...lead.value });
  }
  return leads.length > 0 ? ok(leads) : (refused ?? tooSlow(recording));
}

function tooSlow(recording: OpenRecording): Result<never> {
  return errSaid('unsupported', 'failures.leadsTooSlow', {
    name: recording.name,
    rate: LOWEST_RATE_HZ,
  });
}
