import { describe, expect, it } from 'vitest';
import { ok } from '../../shared/domain';
import type { RecordReader, SignalSpec } from '../formats/wfdb/types';
import { detectRecord } from './detect-record';
import { qrsLeads } from './qrs-leads';

/** A record of spikes, one a second, 60 s long; only what detection asks for is there. */
function record(signals: readonly Partial<SignalSpec>[], frameRateHz = 250): RecordReader {
  const frames = 60 * frameRateHz;
  return {
    name: 'spikes',
    frameRateHz,
    frames,
    signals: signals.map((signal, index) => ({
      index,
      units: 'mV',
      samplesPerFrame: 1,
      description: '',
      ...signal,
    })),
    readPhysical: async (index: number, start: number, end: number) => {
      const perFrame = signals[index]!.samplesPerFrame ?? 1;
      const rateHz = frameRateHz * perFrame;
      const samples = new Float64Array((end - start) * perFrame);
      return ok(
        samples.map((_, i) => {
          const t = ((start * perFrame + i) / rateHz) % 1;
          return Math.exp(-0.5 * ((t - 0.5) / 0.012) ** 2);
        }),
      );
    },
  } as unknown as RecordReader;
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
    const reader = record([
      { units: 'mmHg' },
      { units: 'uV', samplesPerFrame: 4 },
      { units: 'mV', samplesPerFrame: 2 },
      { units: 'mV', samplesPerFrame: 2 },
    ]);
    expect(qrsLeads(reader)).toEqual({ ok: true, value: { rateHz: 500, signals: [2, 3] } });
  });

  it('says why there is none', () => {
    for (const [reader, words] of [
      [record([{ units: 'mmHg' }]), /no ECG lead: none of its signals is a voltage/],
      [record([{}], 50), /no ECG lead is sampled at 100/],
    ] as const) {
      const answer = qrsLeads(reader);
      expect(answer.ok ? '' : answer.error.message).toMatch(words);
    }
  });
});
