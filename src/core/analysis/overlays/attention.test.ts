import { expect, it } from 'vitest';
import type { Segment } from '../../../shared/domain';
import { attendedOf, packAttention, unpackAttention } from './attention';
import { createCollector } from '../collect';

const segment = (index: number): Segment => ({
  index,
  startS: index * 5,
  endS: index * 5 + 10,
  verdict: 'Normal',
  probability: 0.1,
  reason: null,
  refer: false,
});
const shares = [
  { timeS: Float64Array.of(1.25, 6.5), share: Float32Array.of(0.25, 0.75) },
  null,
  { timeS: Float64Array.of(12.5), share: Float32Array.of(1) },
];

it('finds each segment’s beats and shares again, and none where there were none', () => {
  const segments = [0, 1, 2].map(segment);
  const packed = packAttention(segments, shares);
  shares.forEach((of, place) => {
    const found = unpackAttention(packed, place, segments[place]!.startS);
    expect(found && { timeS: found.beatTimesS, share: found.shares }).toEqual(of);
  });
  expect(unpackAttention(packed, 3, 15)).toBeNull();
});

it('is kept by the order of the segments, in whatever order they come', () => {
  const collector = createCollector();
  collector.add({ kind: 'segments', segments: [segment(2)], attention: [shares[2]!] });
  collector.add({
    kind: 'segments',
    segments: [segment(0), segment(1)],
    attention: shares.slice(0, 2),
  });
  expect(collector.result().attention).toEqual(packAttention([0, 1, 2].map(segment), shares));
  expect(createCollector().result().attention).toBeUndefined();
});

it('averages an overlay over its heads', () => {
  const attention = Float32Array.of(0.5, 0.5, 0, 1);
  const overlay = {
    segmentIndex: 0,
    startS: 0,
    stepS: 5,
    tokens: 2,
    heads: 2,
    attention,
    evidence: new Float32Array(2),
    marginLogit: 0,
    biasLogit: 0,
    faithfulness: null,
  };
  expect(attendedOf(overlay)).toEqual({
    shares: Float32Array.of(0.25, 0.75),
    stepS: 5,
    beatTimesS: null,
  });
});
