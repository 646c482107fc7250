import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { provideTransport } from '../transport';
import { createMockTransport } from '../transport/mock';
import { useRecording } from './recording';

beforeEach(async () => {
  setActivePinia(createPinia());
  provideTransport(createMockTransport({ durationS: 300, delayMs: 0 }));
  const recording = useRecording();
  await recording.open('mock-1');
  recording.traceShown = true;
  await vi.waitFor(() => expect(recording.reference?.annotator).toBe('atr'));
});

it("shows the reference annotations first, and the recording's others one after the other", async () => {
  const recording = useRecording();
  expect(new Set(recording.reference!.symbol)).not.toEqual(new Set(['N']));
  await recording.nextAnnotator();
  expect(recording.reference).toMatchObject({ annotator: 'qrs' });
  expect(new Set(recording.reference!.symbol)).toEqual(new Set(['N']));
  await recording.nextAnnotator();
  await recording.nextAnnotator();
  expect(recording.reference).toMatchObject({ annotator: 'atr' });
});

it('says what is wrong with a file that cannot be read, and shows no other in its place', async () => {
  const recording = useRecording();
  await recording.chooseAnnotator('torn');
  expect(recording.reference).toBeNull();
  expect(recording.referenceFailure?.message).toContain('torn');
  await recording.chooseAnnotator('qrs');
  expect(recording.referenceFailure).toBeNull();
});

it('of two choices the last stands, whichever answer comes first', async () => {
  const recording = useRecording();
  await Promise.all([recording.chooseAnnotator('qrs'), recording.chooseAnnotator('atr')]);
  expect(recording.reference).toMatchObject({ annotator: 'atr' });
});
