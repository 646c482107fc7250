import { expect, it } from 'vitest';
import { recordingIdOf } from './recording-id';
import { splitStated, statedPath } from './stated-path';

it('carries what was stated in the path, and takes it out again', () => {
  for (const stated of [
    { samplingRateHz: 599.88 },
    { gainAduPerMv: 1e-7 },
    { samplingRateHz: 500, gainAduPerMv: 204.8 },
  ]) {
    const path = statedPath('/x/a b.mat', stated);
    expect(splitStated(path)).toEqual({ file: '/x/a b.mat', stated });
  }
  expect(statedPath('/x/a.mat?fs=1', { samplingRateHz: 2 })).toBe('/x/a.mat?fs=2');
  expect(statedPath('/x/a.mat?fs=1', {})).toBe('/x/a.mat');
});

it('leaves paths alone that only look a little like it', () => {
  for (const path of ['/x/a.mat', '/x/?', '/x/what?fs', '/x/a?fs=1/b.mat', '/x/a?fs=-1', '/x/a?']) {
    expect(splitStated(path)).toEqual({ file: path, stated: null });
  }
});

it('does not make another recording of it', () => {
  expect(recordingIdOf('/x/a.mat?fs=500')).toBe(recordingIdOf('/x/a.mat'));
});
