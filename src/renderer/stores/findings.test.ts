import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import type { AnalysisStatus, Segment } from '../../shared/domain';
import { provideTransport, type Transport } from '../transport';
import { useAnalysis } from './analysis';
import { useFindings } from './findings';

const status = { analysisId: 'a', recordingId: 'r', state: 'running' } as AnalysisStatus;
const segment = (index: number): Segment => ({
  index,
  startS: index * 5,
  endS: index * 5 + 10,
  verdict: 'Abnormal',
  probability: 0.9,
  reason: null,
  refer: false,
});

beforeEach(() => {
  vi.stubGlobal('window', { screen: { width: 1, height: 1 }, devicePixelRatio: 1 });
  vi.useFakeTimers();
  setActivePinia(createPinia());
});
afterEach(() => void vi.useRealTimers());

/** An analysis at work, and how often what it found so far was asked for. */
async function running() {
  let asked = 0;
  provideTransport({
    call: async () => (asked++, { ok: false, error: { code: 'not-found', message: '' } }),
    on: () => () => undefined,
  } as unknown as Transport);
  const analysis = useAnalysis();
  useFindings();
  analysis.status = status;
  await nextTick();
  await vi.advanceTimersByTimeAsync(0);
  return {
    asked: () => asked,
    async found(upTo: number): Promise<void> {
      analysis.segments = Array.from({ length: upTo }, (_, i) => segment(i));
      await nextTick();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

it('asks at once for what the first verdicts say, however short ago it asked for nothing yet', async () => {
  const { asked, found } = await running();
  expect(asked()).toBe(1);
  await found(12);
  expect(asked()).toBe(2);
});

it('asks for what comes after now and then, the last of it included', async () => {
  const { asked, found } = await running();
  await found(12);
  await found(24);
  await found(36);
  expect(asked()).toBe(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(3);
  await found(48);
  expect(asked()).toBe(4);
});
