import { expect, it } from 'vitest';
import type { ModelCard, RecordingInfo, Segment } from '../../shared/domain';
import { ScanRow } from '../../shared/contract';
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
  const row = resultRow(
    '/a.hea',
    { card },
    {
      info: info as unknown as RecordingInfo,
      lead: null,
      findings: {
        analysableS: 20,
        findings: [],
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
  expect(ScanRow.parse(row).segments[0]).toMatchObject({
    ectopy: 0.123457,
    af: 0.987654,
    refer: true,
  });
});
