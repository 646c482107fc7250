import { err, ok, type Result } from '../../shared/domain';
import type { RecordReader } from '../formats/wfdb/types';

/** The slowest lead in which a QRS complex can be told from other waves (design.md, section 5). */
const LOWEST_RATE_HZ = 100;
/** Beyond this no electrocardiogram is sampled; the detector's interpolation would grow without use. */
const HIGHEST_RATE_HZ = 100_000;
/** A hundred electrodes say no more about when the heart beats than these, but take as many times longer. */
const MOST_LEADS = 16;
const VOLTAGES = new Set(['v', 'mv', 'uv', 'µv', 'μv', 'nv']);

export interface QrsLeads {
  /** Signal indices in record order. */
  readonly signals: readonly number[];
  readonly rateHz: number;
}

/**
 * The leads of a record to look for beats in: every signal that is a voltage. Where their rates differ, those of the
 * rate that most of them have, the faster one of two. The first 16 of them.
 * @returns `unsupported` when there is none, or none of 100 to 100,000 Hz
 */
export function qrsLeads(reader: RecordReader): Result<QrsLeads> {
  const ecg = reader.signals.filter(({ units }) => VOLTAGES.has(units.trim().toLowerCase()));
  if (ecg.length === 0) {
    return err('unsupported', `${reader.name} has no ECG lead: none of its signals is a voltage.`);
  }
  const byRate = new Map<number, number[]>();
  for (const { index, samplesPerFrame } of ecg) {
    const rateHz = reader.frameRateHz * samplesPerFrame;
    if (rateHz >= LOWEST_RATE_HZ && rateHz <= HIGHEST_RATE_HZ)
      byRate.set(rateHz, [...(byRate.get(rateHz) ?? []), index]);
  }
  const best = [...byRate].sort(([ra, a], [rb, b]) => b.length - a.length || rb - ra)[0];
  if (!best) {
    return err(
      'unsupported',
      `${reader.name}: no ECG lead is sampled at ${LOWEST_RATE_HZ} to ${HIGHEST_RATE_HZ} Hz, so beats cannot be placed.`,
    );
  }
  return ok({ rateHz: best[0], signals: best[1].slice(0, MOST_LEADS) });
}
