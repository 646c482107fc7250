import { expect, it } from 'vitest';
import type { RecordingEntry, WorklistFigures } from '../../../shared/domain';
import { widestRows } from './widest-rows';

const FIGURES = {
  rules: [],
  worst: null,
  longestTachycardia: null,
  longestPauseS: 0,
  afS: 0,
  ventricularPerHour: 0,
  ventricularShare: 0,
  supraventricularPerHour: 0,
  highestBpm: 0,
  analysableS: 100,
  unreadableShare: 0,
  borderline: 0,
  events: 0,
  decided: 0,
  reader: null,
} as unknown as WorklistFigures;
const entry = (name: string, figures: Partial<WorklistFigures> | null = {}): RecordingEntry =>
  ({
    ...{ name, recordingId: name, folder: '', state: 'analysed', about: null },
    figures: figures && { ...FIGURES, ...figures },
  }) as unknown as RecordingEntry;

it('finds the row with the longest name, the largest number and the word for what was not judged', () => {
  const plain = Array.from({ length: 1000 }, (_, i) => entry(`row${i}`));
  const wide = [
    entry('a name that is longer than others', null),
    entry('pauses', { longestPauseS: 13.77 }),
    entry('short', { ventricularPerHour: null }),
    entry('read', { reader: 'Dr A. Reader' }),
  ];
  const found = widestRows([...plain.slice(0, 500), ...wide, ...plain.slice(500)]);
  for (const one of wide) expect(found).toContain(one);
});

it('is a handful of thousands, and nothing of none', () => {
  expect(widestRows([])).toEqual([]);
  const many = Array.from({ length: 3000 }, (_, i) =>
    entry(`row${i}`, { longestPauseS: i, borderline: i % 7, events: i }),
  );
  expect(widestRows(many).length).toBeLessThan(6);
});
