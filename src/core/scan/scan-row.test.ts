import { expect, it } from 'vitest';
import type { ModelCard, RecordingInfo, Segment } from '../../shared/domain';
import { ScanRow } from '../../shared/contract';
import { scanValues } from './scan-csv';
import { resultRow } from './scan-row';

it('carries the answers of each segment apart, where the model has them', () => {
  const plain: Segment = {
    index: 0,
    startS: 0,
    endS: 10,
    verdict: 'Abnormal',
    probability: 0.71234567,
    reason: null,
    refer: true,
  };
  const segment = { ...plain, ectopy: 0.1234567, af: 0.98765432 };
  const card = { id: 'm', scheme: 'review', threshold: { value: 0.5, chosen: '' } } as ModelCard;
  const info = {
    ...{ name: 'a', format: 'wfdb', samplingRateHz: 250, durationS: 20 },
    ...{ leads: [], warnings: [] },
  };
  const teaching = {
    ...{ score: 0.25, borderline: 17, unlike: { beats: 12, of: 100 } },
    differing: { segments: 40, modelId: 'other' },
  };
  const row = resultRow(
    '/a.hea',
    { card },
    {
      info: info as unknown as RecordingInfo,
      lead: null,
      teaching,
      findings: {
        analysableS: 20,
        findings: [],
        counts: {
          ...{ kinds: [], needReader: 0, afS: 0, judged: { beats: true, af: false } },
          beats: { N: 0, S: 0, V: 0, F: 0, Q: 0, total: 0 },
        },
        heartRate: null,
        leads: [],
        segments: [segment, { ...plain, index: 1, startS: 5, endS: 15 }],
      },
    },
  );
  expect(row.segments).toEqual([
    {
      startS: 0,
      endS: 10,
      verdict: 'Abnormal',
      probability: 0.712346,
      ectopy: 0.123457,
      af: 0.987654,
      reason: null,
      refer: true,
    },
    { startS: 5, endS: 15, verdict: 'Abnormal', probability: 0.712346, reason: null, refer: true },
  ]);
  expect(scanValues(row)).toMatchObject({
    teaches: 0.25,
    teachesBecause:
      '17 borderline stretches; forms unlike the training data in 12\u2009% of the beats; the two models differ in 40 segments',
  });
  expect(ScanRow.parse(row).teaching).toEqual(teaching);
  expect(ScanRow.parse(row).segments[0]).toMatchObject({
    ectopy: 0.123457,
    af: 0.987654,
    refer: true,
  });
});
