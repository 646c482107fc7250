import { expect, test } from 'vitest';
import { BEAT_CLASSES, type BeatColumns } from '../../shared/domain';
import { applyBeatEdits } from './apply-beat-edits';

const beats: BeatColumns = {
  timeS: Float64Array.of(1, 2, 3),
  beatClass: Uint8Array.of(0, 2, 0),
  confidence: Float32Array.of(0.5, 0.5, 0.5),
  attention: Float32Array.of(0.25, 0.5, 0.25),
};
const classes = (columns: BeatColumns) =>
  Array.from(columns.beatClass, (code) => BEAT_CLASSES[code]);

test('without edits the very same columns come back', () => {
  expect(applyBeatEdits(beats, [])).toBe(beats);
});

test('reclass, add, move and delete, in order', () => {
  const edited = applyBeatEdits(beats, [
    { kind: 'reclass-beat', timeS: 2.01, beatClass: 'S' },
    { kind: 'add-beat', timeS: 2.5, beatClass: 'V' },
    { kind: 'move-beat', timeS: 3, toTimeS: 2.9 },
    { kind: 'delete-beat', timeS: 1 },
  ]);
  expect([...edited.timeS]).toEqual([2, 2.5, 2.9]);
  expect(classes(edited)).toEqual(['S', 'V', 'N']);
  expect(edited.confidence[0]).toBe(1);
  expect(edited.attention[0]).toBe(0.5);
  expect([...beats.timeS]).toEqual([1, 2, 3]);
});

test('an edit whose beat is gone changes nothing', () => {
  const edited = applyBeatEdits(beats, [{ kind: 'delete-beat', timeS: 2.2 }]);
  expect([...edited.timeS]).toEqual([1, 2, 3]);
});
