import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { segmentColumns, type AnalysisStatus, type Segment } from '../../shared/domain';
import { provideTransport, type Transport } from '../transport';
import { useAnalysis } from './analysis';
import { useRecording } from './recording';

const status = (state: AnalysisStatus['state'], done: number): AnalysisStatus => ({
  analysisId: 'a',
  recordingId: 'r',
  modelId: 'm',
  state,
  segmentsDone: done,
  segmentsTotal: 2,
  elapsedS: 1,
  remainingS: null,
  lead: null,
  threshold: 0.5,
  provider: 'CPU',
  message: null,
});
const segment = (index: number): Segment => ({
  index,
  startS: index * 5,
  endS: index * 5 + 10,
  verdict: 'Normal',
  probability: 0.1,
  reason: null,
  refer: false,
});

/** A service whose state the test sets, and events that it sends by hand. */
function service() {
  const now = { status: status('running', 0), segments: [] as Segment[] };
  const listeners: Record<string, (payload: never) => void> = {};
  const answers: Record<string, () => unknown> = {
    'analysis.start': () => status('running', 0),
    'analysis.status': () => now.status,
    'analysis.segments': () => ({ segments: segmentColumns(now.segments) }),
    'analysis.beats': () => ({ beats: { timeS: new Float64Array() }, episodes: [] }),
  };
  provideTransport({
    call: async (method: string) => ({ ok: true, value: answers[method]?.() }),
    on: (event: string, listener: (payload: never) => void) => {
      listeners[event] = listener;
      return () => undefined;
    },
  } as unknown as Transport);
  return { now, send: (event: string, payload: unknown) => listeners[event]?.(payload as never) };
}

beforeEach(() => {
  vi.stubGlobal('window', { screen: { width: 1, height: 1 }, devicePixelRatio: 1 });
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work));
  setActivePinia(createPinia());
});

it('an analysis that ends before its name is known is still seen to end', async () => {
  const { now, send } = service();
  const analysis = useAnalysis();
  useRecording().recordingId = 'r';
  analysis.listen();
  const started = analysis.start();
  // The event comes before the answer; the page does not know yet whose it is.
  now.status = status('done', 2);
  now.segments = [segment(0), segment(1)];
  send('analysis.progress', now.status);
  await started;
  await vi.waitFor(() => expect(analysis.status?.state).toBe('done'));
  expect(analysis.segments).toHaveLength(2);
  expect(analysis.running).toBe(false);
});

it('segments that come in any order stand in order, each once', async () => {
  const { send } = service();
  const analysis = useAnalysis();
  useRecording().recordingId = 'r';
  analysis.listen();
  await analysis.start();
  send('analysis.segment', { analysisId: 'a', segments: [segment(3), segment(1)] });
  send('analysis.segment', { analysisId: 'a', segments: [segment(1), segment(0)] });
  send('analysis.segment', { analysisId: 'other', segments: [segment(9)] });
  await vi.waitFor(() => expect(analysis.segments.map((s) => s.index)).toEqual([0, 1, 3]));
});
