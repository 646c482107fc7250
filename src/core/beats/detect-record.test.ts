import { describe, expect, it } from 'vitest';
import { ok } from '../../shared/domain';
import type { OpenRecording, RecordedLead } from '../formats/open-recording';
import { detectRecord } from './detect-record';
import { qrsLeads } from './qrs-leads';

/** A recording of spikes, one a second, 60 s long; only what detection asks for is there. */
function record(leads: readonly Partial<RecordedLead>[]): OpenRecording {
  const rates = leads.map(({ samplingRateHz = 250 }) => samplingRateHz);
  return {
    name: 'spikes',
    durationS: 60,
    leads: leads.map((lead, index) => ({
      index,
      units: 'mV',
      name: '',
      ...lead,
      samplingRateHz: rates[index],
      samples: 60 * rates[index]!,
    })),
    readPhysical: async (index: number, start: number, end: number) =>
      ok(
        new Float64Array(end - start).map((_, i) => {
          const t = ((start + i) / rates[index]!) % 1;
          return Math.exp(-0.5 * ((t - 0.5) / 0.012) ** 2);
        }),
      ),
  } as unknown as OpenRecording;
}

describe('detectRecord', () => {
  it('reads all of a record in windows', async () => {
    const shares: number[] = [];
    const beats = await detectRecord(record([{}, {}]), {
      onProgress: (share) => shares.push(share),
    });
    expect(beats.ok && beats.value.length).toBe(60);
    if (beats.ok) beats.value.forEach(({ timeS }, i) => expect(timeS).toBeCloseTo(i + 0.5, 2));
    expect(shares).toEqual([0.5, 1]);
  });

  it('stops when it is told to', async () => {
    const answer = await detectRecord(record([{}]), { signal: AbortSignal.abort() });
    expect(answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });
});

describe('qrsLeads', () => {
  it('takes voltages only, and of several rates the commonest', () => {
    const recording = record([
      { units: 'mmHg' },
      { units: 'uV', samplingRateHz: 1000 },
      { units: 'mV', samplingRateHz: 500 },
      { units: 'mV', samplingRateHz: 500 },
    ]);
    expect(qrsLeads(recording)).toEqual({ ok: true, value: { rateHz: 500, signals: [2, 3] } });
  });

  it('says why there is none', () => {
    for (const [recording, words] of [
      [record([{ units: 'mmHg' }]), /no ECG lead: none of its signals is a voltage/],
      [record([{ samplingRateHz: 50 }]), /no ECG lead is sampled at 100/],
    ] as const) {
      const answer = qrsLeads(recording);
      expect(answer.ok ? '' : answer.error.message).toMatch(words);
    }
  });
});
