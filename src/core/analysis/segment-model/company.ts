import { ok, type TimeSpan } from '../../../shared/domain';
import { hearStretch } from '../../beats/hear-stretch';
import {
  amongLeads,
  assessLead,
  bestOf,
  type SecondsOfLead,
  type StretchQuality,
} from '../../beats/quality';
import type { OpenRecording } from '../../formats/open-recording';
import type { LeadSignal } from '../../recordings/lead-signal';
import { beatLeads } from '../beat-model/beat-leads';

/** Leads that the rules listen to at most: as many as the beat model reads. */
const MOST_LEADS = 3;

/** What a recording's leads show together in a stretch, beside the one lead that a model reads. */
export interface Heard {
  /** Quality of the lead itself in the company of the others, per second from the first sample on (`amongLeads`). */
  readonly own: Uint8Array;
  /** Beats in all of the leads, seconds from the start of the recording. */
  readonly timeS: Float64Array;
  /** The best of the leads, per second. */
  readonly best: StretchQuality;
  /** Gaps between beats that are no pause (`restlessGaps`). */
  readonly restless: readonly TimeSpan[];
  /** Where ventricular fibrillation may be, per second from the first sample on (`fibrillatingWaves`). */
  readonly waves: Uint8Array;
  /** How quick complexes are, per second from the first sample on (`slowComplexes`). */
  readonly slow: Uint8Array;
}

export interface Company {
  /**
   * @param ownMv samples of the model's lead in mV, a whole second's first
   * @param firstS that second, from the start of the recording
   */
  hear(ownMv: Float64Array, firstS: number): Promise<Heard>;
}

interface Assessed {
  readonly raw: Float64Array;
  readonly rateHz: number;
  readonly seconds: SecondsOfLead;
}

/**
 * The leads of a recording that the rules for what a network cannot see are asked of: whether a heart stands still is the
 * recording's, not that of the one lead that a model reads. A lead that cannot be read is left out.
 */
export function createCompany(recording: OpenRecording, lead: number, own: LeadSignal): Company {
  const chosen = beatLeads(recording, MOST_LEADS, null);
  const leads = chosen.ok ? chosen.value : [];
  // The detector adds leads sample by sample: the model's own is left out where it has a rate of its own.
  const rateHz = leads[0]?.rateHz ?? own.rateHz;
  const others = leads.filter(({ index }) => index !== lead);
  const { durationS } = recording;

  const assess = (raw: Float64Array, hz: number): Assessed => ({
    raw,
    rateHz: hz,
    seconds: assessLead(raw, hz, durationS),
  });

  async function readOther(
    { rateHz: hz, length, read }: LeadSignal,
    firstS: number,
    lengthS: number,
  ): Promise<Assessed[]> {
    const start = Math.min(length, Math.round(firstS * hz));
    const wanted = Math.round(lengthS * hz);
    const end = Math.min(length, start + wanted);
    const samples = end > start ? await read(start, end) : ok(new Float64Array(0));
    if (!samples.ok) return [];
    // A lead that ends before the others is missing there.
    const whole = new Float64Array(wanted).fill(NaN);
    whole.set(samples.value);
    return [assess(whole, hz)];
  }

  return {
    async hear(ownMv, firstS) {
      const mine = assess(ownMv, own.rateHz);
      const lengthS = ownMv.length / own.rateHz;
      const rest: Assessed[] = [];
      for (const other of others) rest.push(...(await readOther(other, firstS, lengthS)));
      const all = [mine, ...rest];
      const together = all.filter((one) => one.rateHz === rateHz);
      const heard = together.length > 0 ? together : [mine];
      const stretch = await hearStretch({
        raw: heard.map(({ raw }) => raw),
        rateHz: heard[0]!.rateHz,
        startS: firstS,
        assessed: heard.map(({ seconds }) => seconds),
      });
      const quality = amongLeads(all.map(({ seconds }) => seconds));
      // Nothing was asked to stop.
      const { timeS, restless, waves, slow } = stretch!;
      return { own: quality[0]!, timeS, best: bestOf(quality, firstS), restless, waves, slow };
    },
  };
}
