import { expect, it } from 'vitest';
import { err, ok } from '../../shared/domain';
import type { RecordingCache } from '../../core/recordings/recording-cache';
import type { Pool } from '../../core/workers/types';
import { answerText, type AnswerParts } from './answer';

const LEAD = { index: 0, name: 'II', isEcg: true, units: 'mV', samplingRateHz: 360 };

it('ends with who waits for it, in the middle of a step', async () => {
  const stop = new AbortController();
  let steps = 0;
  // A step whose work never ends by itself.
  const pool = {
    run: (_task, _input, options) =>
      new Promise((resolve) => {
        steps += 1;
        const cancelled = err('cancelled', 'The request was cancelled.');
        options?.signal?.addEventListener('abort', () => resolve(cancelled as never));
      }),
  } as Pool;
  const recordings = { use: async () => ok({ rateHz: 360, length: 1e6 }) } as unknown;
  const findings = {
    findings: [],
    segments: [],
    analysableS: 0,
    counts: { judged: { beats: true, af: true } },
    hours: [],
    leads: [],
  };
  const parts = {
    analysed: { info: { leads: [LEAD], warnings: [] }, plan: { lead: LEAD }, findings },
    model: { card: { threshold: {}, files: {} } },
    warnings: [],
    withSignal: true,
  } as unknown as AnswerParts;
  const text = answerText(parts, { recordings: recordings as RecordingCache, pool }, stop.signal);
  await text.next();
  const next = text.next();
  await expect.poll(() => steps).toBe(1);
  stop.abort(new Error('closed'));
  await expect(next).rejects.toThrow('closed');
  expect(await text.next()).toEqual({ done: true, value: undefined });
});
