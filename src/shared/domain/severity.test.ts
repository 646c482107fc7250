import { expect, it } from 'vitest';
import type { Finding } from './finding';
import { FINDING_KINDS } from './finding-kinds';
import { aFinding } from './testing/a-finding';
import { severityOrder, worstFirst, worstOf } from './severity';

const ids = (findings: readonly Finding[]): string[] => findings.map(({ id }) => id);

it('has the longest run first, then the fastest; what is equal in the order of time', () => {
  const runs = [
    aFinding({ id: 'a', beats: 3, rateBpm: 200 }),
    aFinding({ id: 'b', beats: 8, rateBpm: 110 }),
    aFinding({ id: 'c', beats: 8, rateBpm: 181 }),
    aFinding({ id: 'd', beats: 3, rateBpm: 200, startS: 2 }),
  ];
  expect(ids(worstFirst(runs))).toEqual(['c', 'b', 'd', 'a']);
});

it('has the slowest bradycardia, the earliest beat, the fastest couplet and the likeliest stretch first', () => {
  const two = (kind: Finding['kind'], less: Partial<Finding>, more: Partial<Finding>) =>
    ids(
      worstFirst([
        aFinding({ id: 'less', kind, ...less }),
        aFinding({ id: 'more', kind, ...more }),
      ]),
    );
  for (const order of [
    two('bradycardia', { rateBpm: 45, durationS: 9 }, { rateBpm: 38 }),
    two('sv-beat', { couplingMs: 600 }, { couplingMs: 400 }),
    two('ventricular-couplet', { rateBpm: 120, durationS: 9 }, { rateBpm: 150 }),
    two('borderline', { probability: 0.3, durationS: 9 }, { probability: 0.4 }),
    two(
      'flagged-unclear',
      { probability: 0.9, reason: 'no heartbeat for 3.1 s' },
      { probability: 0.4, reason: 'tachycardia of 200 bpm' },
    ),
    two(
      'flagged-unclear',
      { probability: 0.9, reason: 'tachycardia of 200 bpm' },
      { probability: 0.4, reason: 'may be ventricular fibrillation' },
    ),
  ]) {
    expect(order).toEqual(['more', 'less']);
  }
});

it('takes for the worst of every kind what its list has first', () => {
  for (const kind of FINDING_KINDS) {
    const some = Array.from({ length: 40 }, (_, i) =>
      aFinding({
        id: `${i}`,
        kind,
        startS: i,
        durationS: (i * 7) % 5,
        beats: (i * 3) % 4,
        rateBpm: i % 6 === 0 ? null : 40 + ((i * 11) % 9),
        couplingMs: i % 7 === 0 ? null : 300 + ((i * 13) % 8),
        probability: ((i * 5) % 10) / 10,
      }),
    );
    expect(severityOrder(kind)).toBeTruthy();
    expect(worstOf(some)).toEqual(worstFirst(some)[0]);
  }
  expect(worstOf([])).toBeNull();
});
