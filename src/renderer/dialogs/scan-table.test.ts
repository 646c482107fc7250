import { expect, it } from 'vitest';
import type { ScanRow } from '../../shared/contract';
import { arrange, scanLine } from './scan-table';

const row = (record: string, probabilities: (number | null)[], failed = false): ScanRow => ({
  record,
  path: record,
  format: 'wfdb',
  fs: 360,
  durationS: 10,
  analysableS: 10,
  leads: [{ name: 'MLII', isEcg: true, offS: 0, noisyS: 0 }],
  lead: 'MLII',
  model: 'm',
  scheme: 'review',
  threshold: 0.5,
  warnings: [],
  rhythm: null,
  heartRate: null,
  findings: [],
  segments: probabilities.map((probability, i) => ({
    startS: i * 5,
    endS: i * 5 + 10,
    verdict: probability === null ? 'Unreadable' : probability >= 0.5 ? 'Abnormal' : 'Normal',
    probability,
    reason: null,
    refer: false,
  })),
  ...(failed ? { error: { code: 'bad-header', message: 'x.hea: no rate' } } : {}),
});
const lines = [
  row('100', [0.1, 0.9]),
  row('9', [0.6, null, 0.7]),
  row('bad', [], true),
  row('20', [0.2]),
].map(scanLine);

it('counts what a reader asks for first', () => {
  expect(lines[1]).toMatchObject({ segments: 3, flagged: 2, unreadable: 1, highest: 0.7 });
  expect(lines[2]!.highest).toBeNull();
});

it('sorts names as numbers where they are, failures last in both directions', () => {
  const names = (descending: boolean) =>
    arrange(lines, 'all', 'record', descending).map((l) => l.row.record);
  expect(names(false)).toEqual(['9', '20', '100', 'bad']);
  expect(names(true)).toEqual(['100', '20', '9', 'bad']);
});

it('filters flagged and failed', () => {
  expect(arrange(lines, 'flagged', 'flagged', true).map((l) => l.row.record)).toEqual(['9', '100']);
  expect(arrange(lines, 'failed', null, false).map((l) => l.row.record)).toEqual(['bad']);
});
