import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { createMockTransport } from '../transport/mock';
import { provideTransport } from '../transport';
import { useEvents } from './events';
import { useFindings } from './findings';
import { useRecording } from './recording';
import { useSession } from './session';
import { useSettings } from './settings';
import { useView } from './view';

beforeEach(async () => {
  vi.stubGlobal('window', { screen: { width: 1, height: 1 }, devicePixelRatio: 1 });
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work));
  provideTransport(createMockTransport({ durationS: 300, delayMs: 0 }));
  setActivePinia(createPinia());
  await useSettings().load();
});

/** @param meanwhile what the reader does while the trace is there and the events are not */
async function opened(meanwhile: () => void): Promise<void> {
  const recording = useRecording();
  vi.spyOn(recording, 'untilTraceShown').mockImplementation(async () => meanwhile());
  await useSession().openRecording('mock-1');
  await vi.waitFor(() => expect(useFindings().found?.soFar).toBe(false));
}

it('takes up the walk through the events of a recording that is opened', async () => {
  await opened(() => undefined);
  await vi.waitFor(() => expect(useEvents().current).not.toBeNull());
  expect(useView().leftS).toBeGreaterThan(0);
});

it.each([
  ['the start', 0],
  ['another place', 100],
])('leaves a reader who has gone to %s there', async (_, atS) => {
  await opened(() => useView().scrollTo(atS));
  await useFindings().load();
  expect(useEvents().current).toBeNull();
  expect(useView().leftS).toBe(atS);
});
