import { expect, it } from 'vitest';
import type { ScanRow } from '../../shared/contract';
import type { Finding, FindingKind } from '../../shared/domain';
import { aFinding } from '../../shared/domain/testing/a-finding';
import { arrange, scanLine, withheld } from './scan-table';

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
  expect(lines[1]).toMatchObject({ segments: 3, flagged: 2, unreadable: 1, worst: null });
  expect(lines[2]!.worst).toBeNull();
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

it('names the worst event of the most urgent kind, which is not rejected, and sorts by it', () => {
  const found = (kind: FindingKind, durationS: number, state: Finding['state'] = 'open'): Finding =>
    aFinding({
      ...{ id: `${kind}@${durationS}`, kind, startS: durationS, endS: 2 * durationS },
      ...{ durationS, state, beats: 4, rateBpm: 150 },
    });
  const withFound = (record: string, ...findings: Finding[]) => ({
    ...row(record, [0.9]),
    findings,
  });
  const few = [
    withFound('noisy', found('noise', 9)),
    withFound('af', found('af', 31), found('af', 60), found('asystole', 5, 'rejected')),
    withFound('pause', found('sv-beat', 0), found('pause', 3)),
  ].map(scanLine);
  expect(few.map(({ worst }) => worst?.id ?? null)).toEqual([null, 'af@60', 'pause@3']);
  expect(arrange(few, 'all', 'worst', true).map((l) => l.row.record)).toEqual([
    'pause',
    'af',
    'noisy',
  ]);
});

it('neither order nor filter tells what was found of a line that is withheld', () => {
  const hidden = lines.map(withheld);
  const records = (some: typeof lines): string[] => some.map(({ row: { record } }) => record);
  for (const column of ['flagged', 'worst'] as const)
    expect(records(arrange(hidden, 'all', column, true))).toEqual(['100', '9', '20', 'bad']);
  expect(arrange(hidden, 'flagged', null, false)).toEqual([]);
  expect(hidden.every(({ worst, flagged }) => worst === null && flagged === 0)).toBe(true);
});
