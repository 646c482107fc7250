import { expect, it } from 'vitest';
import { ok, type Result } from '../../../shared/domain';
import type { Inference, ModelFiles, Tensors } from '../../inference/types';
import type { BeatParameters } from './beat-parameters';
import { askStrip, stripRhythm } from './strip-rhythm';

const RHYTHM = { strip: 1, beats: 1, offset: 0, threshold: 0.5, sha256: '' };
const WITHOUT_NETWORK = { shiftLogit: 0, fibrillationMean: 0.4 };
const STRIP = { ...WITHOUT_NETWORK, rhythm: RHYTHM };
const beats = (value: number, count = 30): Float32Array => new Float32Array(count).fill(value);

it('is told by the beats alone where no network of strips was asked', () => {
  expect(stripRhythm(beats(0.45), null, 30, STRIP)).toMatchObject({ isFibrillating: true });
  expect(stripRhythm(beats(0.35), null, 30, STRIP)).toMatchObject({ isFibrillating: false });
  expect(stripRhythm(beats(0.45), 9, 30, WITHOUT_NETWORK)!.probability).toBeCloseTo(0.45, 5);
  expect(stripRhythm(beats(0.45), 9, 30, undefined)).toMatchObject({ isFibrillating: false });
});

it('adds the logits of beats and strip, none of which decides whatever the other says', () => {
  expect(stripRhythm(beats(0.5), 0, 30, STRIP)!.probability).toBeCloseTo(0.5, 5);
  expect(stripRhythm(beats(0.2), 3, 30, STRIP)).toMatchObject({ isFibrillating: true });
  expect(stripRhythm(beats(0.8), -3, 30, STRIP)).toMatchObject({ isFibrillating: false });
  // Beats that are as sure as can be still weigh no more than a logit of 5.
  expect(stripRhythm(beats(1), -5, 30, STRIP)!.probability).toBeCloseTo(0.5, 5);
  expect(stripRhythm(beats(0), 5, 30, STRIP)!.probability).toBeCloseTo(0.5, 5);
});

it('says nothing of what is too short, shows too few beats, or is longer than a strip', () => {
  expect(stripRhythm(beats(0.9, 5), 5, 30, STRIP)).toBeNull();
  expect(stripRhythm(beats(0.9), 5, 7.9, STRIP)).toBeNull();
  expect(stripRhythm(beats(0.9), 5, 62, STRIP)).toBeNull();
});

/** Answers with the first sample, and keeps what it was given. */
function asked(): { inference: Inference; given: Tensors[] } {
  const given: Tensors[] = [];
  const run = (_: ModelFiles, variant: string, inputs: Tensors): Promise<Result<Tensors>> => {
    expect(variant).toBe('strip');
    given.push(inputs);
    const data = Float32Array.of(Number(inputs['signal']!.data[0]));
    return Promise.resolve(ok({ fibrillation: { type: 'float32' as const, dims: [1], data } }));
  };
  return { inference: { run } as unknown as Inference, given };
}

const MODEL = { paths: { strip: '/x' } } as unknown as ModelFiles;
const PARAMETERS = { strip: STRIP } as unknown as BeatParameters;
const LEAD = new Float32Array(1000).fill(3);
const { signal } = new AbortController();

it('asks of the lead, filled up to whole tokens', async () => {
  const { inference, given } = asked();
  expect(await askStrip(LEAD, MODEL, PARAMETERS, inference, signal)).toEqual(ok(3));
  const { signal: samples, inside } = given[0]!;
  expect(samples!.dims).toEqual([1, 1024]);
  expect([...inside!.data.slice(998, 1002)]).toEqual([1, 1, 0, 0]);
  expect([...samples!.data.slice(998, 1002)]).toEqual([3, 3, 0, 0]);
});

it('asks nothing of a model without a network of strips', async () => {
  const { inference, given } = asked();
  const bare = { paths: {} } as unknown as ModelFiles;
  expect(await askStrip(LEAD, bare, PARAMETERS, inference, signal)).toEqual(ok(null));
  const silent = { strip: undefined } as unknown as BeatParameters;
  expect(await askStrip(LEAD, MODEL, silent, inference, signal)).toEqual(ok(null));
  expect(given).toEqual([]);
});
