import { expect, it } from 'vitest';
import type { Lead } from '../../shared/domain';
import { layoutLanes, type Reach } from './lanes';

const HEAD_PX = 62;

function lanesOf(paneHeightPx: number, reaches: readonly Reach[]) {
  return layoutLanes({
    rows: reaches.map((_, index) => [{ lead: { index } as Lead, column: null }]),
    paneHeightPx,
    pxPerMm: 3.78,
    gainFactorOf: () => 1,
    reachOf: (lead) => reaches[lead]!,
    headPx: HEAD_PX,
  });
}

/** Two leads of an ordinary record at 10 mm/mV, 208 of the MIT-BIH database. */
const ORDINARY: Reach[] = [
  { abovePx: 68, belowPx: 38 },
  { abovePx: 46, belowPx: 90 },
];

/** Half a large square at 3.78 px/mm, and a line of the grid on which 0 mV is put. */
const CROSSING_PX = 2.5 * 3.78 + 3.78;

it.each([222, 260, 300, 310, 330, 420, 700])(
  'leads do not lie over each other in a pane of %d px; where there is no room the paper is higher',
  (paneHeightPx) => {
    const { lanes, heightPx } = lanesOf(paneHeightPx, ORDINARY);
    const spans = lanes.map(({ baselinePx }, i) => ({
      top: baselinePx - ORDINARY[i]!.abovePx,
      bottom: baselinePx + ORDINARY[i]!.belowPx,
    }));
    expect(spans[0]!.top).toBeGreaterThanOrEqual(HEAD_PX);
    const mostPx = heightPx > paneHeightPx || paneHeightPx > 330 ? 0 : CROSSING_PX;
    expect(spans[1]!.top).toBeGreaterThanOrEqual(spans[0]!.bottom - mostPx);
    expect(spans[1]!.bottom).toBeLessThanOrEqual(heightPx);
  },
);

it('a pane that is lower by a few px than the signals need shows them whole all the same', () => {
  // 242 px of signal.
  expect([304, 306, 320, 336].map((pane) => lanesOf(pane, ORDINARY).heightPx)).toEqual([
    ...[304, 306, 320, 336],
  ]);
  expect(lanesOf(280, ORDINARY).heightPx).toBeGreaterThan(280);
});

it('a lead of artefacts does not push the others off the paper', () => {
  const { heightPx } = lanesOf(500, [{ abovePx: 2000, belowPx: 2000 }, ORDINARY[0]!]);
  expect(heightPx).toBe(500);
});

it('twelve leads in columns are seen whole where traces may cross as on paper, clear of letters and edge', () => {
  // HR06002 of the twelve-lead samples at 10 mm/mV: V4 drifts.
  const reach = [
    { abovePx: 75, belowPx: 100 },
    { abovePx: 65, belowPx: 62 },
    { abovePx: 60, belowPx: 40 },
    { abovePx: 30, belowPx: 20 },
  ];
  const page = (paneHeightPx: number) =>
    layoutLanes({
      rows: reach.map((_, index) => [
        {
          lead: { index } as Lead,
          column: index < 3 ? { index: 0, of: 4, widthS: 2.5 } : null,
        },
      ]),
      paneHeightPx,
      pxPerMm: 3.78,
      gainFactorOf: () => 1,
      reachOf: (lead) => reach[lead]!,
      headPx: HEAD_PX,
    });
  const { lanes, heightPx } = page(430);
  expect(heightPx).toBe(430);
  expect(lanes[0]!.baselinePx - reach[0]!.abovePx).toBeGreaterThanOrEqual(HEAD_PX);
  expect(lanes[3]!.baselinePx + reach[3]!.belowPx).toBeLessThanOrEqual(430);
  const tops = lanes.map(({ baselinePx }) => baselinePx);
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
  // Where there is far too little room they are not pressed into one line.
  expect(page(250).heightPx).toBeGreaterThan(250);
});
