import { expect, it } from 'vitest';
import fc from 'fast-check';
import { Segment, VERDICTS } from './analysis';
import { SegmentColumns, segmentColumns, segmentsOfColumns } from './segment-columns';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const segment = fc.record(
  {
    index: fc.nat(100_000),
    startS: fc.double({ min: 0, max: 90_000, noNaN: true }),
    endS: fc.double({ min: 0, max: 90_000, noNaN: true }),
    verdict: fc.constantFrom(...VERDICTS),
    probability: fc.option(share),
    reason: fc.option(fc.constantFrom('noise', 'lead off', 'missing samples')),
    refer: fc.boolean(),
    ectopy: share,
    af: share,
  },
  { requiredKeys: ['index', 'startS', 'endS', 'verdict', 'probability', 'reason', 'refer'] },
);

it('segments have more different reasons than a byte can tell', () => {
  const made = fc.sample(segment, 1)[0]!;
  const segments = Array.from({ length: 600 }, (_, index) => {
    return { ...made, index, reason: `no heartbeat for ${(index / 10).toFixed(1)} s` };
  });
  expect(segmentsOfColumns(SegmentColumns.parse(segmentColumns(segments)))).toEqual(segments);
});

it('segments come out of their columns as they went in', () => {
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 40 }), (segments) => {
      const columns = SegmentColumns.parse(segmentColumns(segments));
      const back = segmentsOfColumns(columns);
      expect(back).toEqual(segments);
      for (const one of back) Segment.parse(one);
    }),
  );
});
