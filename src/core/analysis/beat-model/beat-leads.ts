import { err, ok, type Result } from '../../../shared/domain';
import type { RecordReader } from '../../formats/wfdb/types';
import { leadSignal, millivoltsPerUnit, type LeadSignal } from '../../recordings/lead-signal';

/**
 * Leads that show atrium and ventricle from different sides, in the order in which they are taken when a record has
 * more leads than the model reads; a record with unknown names gives its first ones.
 */
const PREFERRED = ['MLII', 'II', 'V1', 'MLI', 'I', 'V5', 'V2', 'MLIII', 'III', 'V4', 'V6', 'V3'];

/** Below this a QRS complex is too coarse to be classed (design.md: rates from 100 Hz on). */
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
  reader: RecordReader,
  most: number,
  wanted: number | null,
): Result<BeatLead[]> {
  if (wanted !== null) {
    const lead = leadSignal(reader, wanted);
    if (!lead.ok) return lead;
    return lead.value.rateHz >= LOWEST_RATE_HZ
      ? ok([{ index: wanted, ...lead.value }])
      : tooSlow(reader);
  }
  const ecg = reader.signals.filter(({ units }) => millivoltsPerUnit(units) !== null);
  if (ecg.length === 0) {
    return err('unsupported', `${reader.name} has no ECG lead (none of its signals is a voltage).`);
  }
  const rank = (name: string): number => {
    const at = PREFERRED.indexOf(name.trim().toUpperCase());
    return at < 0 ? PREFERRED.length : at;
  };
  const chosen =
    ecg.length <= most
      ? ecg
      : [...ecg].sort((a, b) => rank(a.description) - rank(b.description)).slice(0, most);
  const leads: BeatLead[] = [];
  for (const { index } of chosen) {
    const lead = leadSignal(reader, index);
    if (!lead.ok || lead.value.rateHz < LOWEST_RATE_HZ) continue;
    // The detector adds leads sample by sample, so they share one rate: that of the first.
    if (leads.length === 0 || lead.value.rateHz === leads[0]!.rateHz)
      leads.push({ index, ...lead.value });
  }
  return leads.length > 0 ? ok(leads) : tooSlow(reader);
}

function tooSlow(reader: RecordReader): Result<never> {
  return err(
    'unsupported',
    `${reader.name}: no ECG lead has ${LOWEST_RATE_HZ} samples per second or more, which beats need to be classed.`,
  );
}
