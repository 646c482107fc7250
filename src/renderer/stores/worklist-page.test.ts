import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import type { RecordingEntry } from '../../shared/domain';
import { provideTransport, type Transport } from '../transport';
import { useSettings } from './settings';
import { useWorklistPage } from './worklist-page';

const entry = (finishedAtMs: number | null): RecordingEntry =>
  ({
    figures: { secondReads: [{ reader: 'Dr B', finishedAtMs }] },
  }) as unknown as RecordingEntry;

beforeEach(() => {
  const screen = { width: 1920, height: 1080 };
  vi.stubGlobal('window', { screen, devicePixelRatio: 1, addEventListener: () => undefined });
  setActivePinia(createPinia());
  provideTransport({
    call: async () => ({ ok: true, value: {} }),
    on: () => () => undefined,
  } as unknown as Transport);
});

it('tells a second reader nothing of the first', () => {
  const page = useWorklistPage();
  const settings = useSettings();
  expect(page.blind).toBe(false);
  settings.set({ secondReader: true });
  expect(page.blind).toBe(true);
});

it('hides the figures of a recording until the reader’s second read of it is finished', () => {
  const page = useWorklistPage();
  useSettings().set({ readerName: 'Dr B' });
  expect(page.hiddenBy(entry(null))).toBe('second');
  expect(page.hiddenBy(entry(1))).toBeNull();
  useSettings().set({ readerName: 'Dr A' });
  expect(page.hiddenBy(entry(null))).toBeNull();
});

it('says why figures are hidden: who decides first, or who reads second', () => {
  const page = useWorklistPage();
  const settings = useSettings();
  settings.set({ readerName: 'Dr B', secondReader: true });
  expect(page.blindWord).toBe('worklist.blindSecond');
  expect(page.hiddenBy({ figures: { reader: 'Dr A' } } as RecordingEntry)).toBe('second');
  expect(page.hiddenBy(entry(1))).toBeNull();
  settings.set({ secondReader: false, blindFirst: true });
  expect(page.blindWord).toBe('worklist.blind');
  expect(page.hiddenBy(entry(1))).toBe('first');
});
