import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { OpenRecording } from '../formats/open-recording';
import { HIGHEST_RATE_HZ, leadSignal } from '../recordings/lead-signal';
import { noEcgLead } from '../recordings/no-ecg-lead';
import { leadsOf } from '../recordings/recording-info';

/** The slowest lead in which a QRS complex can be told from other waves. */
const LOWEST_RATE_HZ = 100;
/** A hundred electrodes say no more about when the heart beats than these, but take as many times longer. */
const MOST_LEADS = 16;

export interface QrsLeads {
  /** Lead indices in the recording's order. */
  readonly signals: readonly number[];
  readonly rateHz: number;
}

/**
 * The leads of a record to look for beats in: its ECG leads. Where their rates differ, those of the
 * rate that most of them have, the faster one of two. The first 16 of them.
 * @param only index of the lead that a person chose
 * @returns `unsupported` when there is none, or none of 100 to 100,000 Hz; `not-found` for an index that there is not
 */
export function qrsLeads(recording: OpenRecording, only?: number): Result<QrsLeads> {
  const chosen = only === undefined ? null : leadSignal(recording, only);
  if (chosen && !chosen.ok) return chosen;
  const ecg = leadsOf(recording).filter(({ index, isEcg }) =>
    only === undefined ? isEcg : index === only,
  );
  if (ecg.length === 0) return noEcgLead(recording);
  const byRate = new Map<number, number[]>();
  for (const { index, samplingRateHz: rateHz } of ecg) {
    if (rateHz >= LOWEST_RATE_HZ && rateHz <= HIGHEST_RATE_HZ)
      byRate.set(rateHz, [...(byRate.get(rateHz) ?? []), index]);
  }
  const best = [...byRate].sort(([ra, a], [rb, b]) => b.length - a.length || rb - ra)[0];
  if (!best) {
    return errSaid('unsupported', 'files.noLeadForBeats', {
      name: recording.name,
      low: LOWEST_RATE_HZ,
      high: HIGHEST_RATE_HZ,
    });
  }
  return ok({ rateHz: best[0], signals: best[1].slice(0, MOST_LEADS) });
}
