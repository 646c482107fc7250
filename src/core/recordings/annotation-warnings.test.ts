import { expect, it, vi } from 'vitest';
import type { OpenRecording } from '../formats/open-recording';
import { annotationWarnings } from './annotation-warnings';

const short = { code: 'annotations', message: 'a.atr ends too early.' };

function recording(annotationsAmongSamples: boolean) {
  const annotations = vi.fn(async () => ({ ok: true, value: { warnings: [short] } }));
  const opened = { annotationsAmongSamples, annotators: async () => ['atr'], annotations };
  return { opened: opened as unknown as OpenRecording, annotations };
}

it('says what is wrong with annotations beside a recording', async () => {
  expect(await annotationWarnings(recording(false).opened)).toEqual([short]);
});

it('does not read a whole day for annotations that lie among its samples', async () => {
  const day = recording(true);
  expect(await annotationWarnings(day.opened)).toEqual([]);
  expect(day.annotations).not.toHaveBeenCalled();
});
