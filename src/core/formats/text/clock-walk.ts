import type { RowCells } from './cells';
import { rowSeconds, secondsFrom } from './clock';
import type { ClockColumn } from './layout';

/** Rows of a kind: how many there are, and which is the first, counted from 1. */
interface OddRows {
  readonly count: number;
  readonly firstRow: number;
}

/** What the clock column of a table tells of its rows. */
export interface ClockTold {
  /**
   * Regular steps from row to row between rows at which the clock moves on, and the seconds that they took; 0 without
   * one. A clock of whole seconds is as good as its ticks this way.
   */
  readonly intervals: number;
  readonly seconds: number;
  /** Rows whose cell of the clock column holds no time. */
  readonly timeless: OddRows;
  /** Rows whose time lies before that of the row above by more than half a sample. */
  readonly backSteps: OddRows;
}

const NO_ROWS: OddRows = { count: 0, firstRow: 0 };
/** What a table without a clock tells. */
export const NO_CLOCK: ClockTold = {
  ...{ intervals: 0, seconds: 0, timeless: NO_ROWS, backSteps: NO_ROWS },
};

const oneMore = ({ count, firstRow }: OddRows, row: number): OddRows => ({
  count: count + 1,
  firstRow: firstRow || row,
});

/**
 * Goes through the times of rows in order.
 * @param periodS seconds from row to row
 * @param resolutionS what the times are multiples of
 */
export function clockWalk(
  clock: ClockColumn,
  decimal: number,
  periodS: number,
  resolutionS: number,
) {
  let intervals = 0;
  let seconds = 0;
  let irregular = 0;
  let backSteps = NO_ROWS;
  let timeless = NO_ROWS;
  let beforeS = NaN;
  /** Rows since the last one with a time. */
  let untimed = 0;
  /** Steps and seconds since the clock last moved on; NaN before it did, and after a gap. */
  let steps = NaN;
  let stepsS = NaN;

  function tick(stepS: number, isBreak: boolean): void {
    if (isBreak || !(stepS >= 0)) {
      steps = stepsS = NaN;
      return;
    }
    steps += untimed + 1;
    stepsS += stepS;
    if (stepS === 0) return;
    if (!Number.isNaN(steps)) {
      intervals += steps;
      seconds += stepsS;
    }
    steps = stepsS = 0;
  }

  return {
    /** Rows that are missing between the last row and this one, whose number counts from 1. */
    lostBefore(bytes: Uint8Array, cells: RowCells, row: number): number {
      const nowS = rowSeconds(bytes, cells, clock, decimal);
      const stepS = secondsFrom(beforeS, nowS, clock);
      // A clock that stands or goes back is no loss; nor is a step that rounding explains.
      if (stepS < -0.5 * periodS - resolutionS) backSteps = oneMore(backSteps, row);
      // Rows without a time lie between those that have one.
      const extraS = stepS - (untimed + 1) * periodS;
      const most = 0.5 * periodS + resolutionS;
      const lost = extraS > most ? Math.max(0, Math.round(stepS / periodS) - 1 - untimed) : 0;
      if (Math.abs(extraS) > most) irregular++;
      if (Number.isNaN(nowS)) {
        timeless = oneMore(timeless, row);
        untimed++;
        return 0;
      }
      tick(stepS, lost > 0 || (untimed > 0 && extraS < -most));
      untimed = 0;
      beforeS = nowS;
      return lost;
    },
    /** Steps that are not what the others are. */
    irregular: () => irregular,
    finish: (): ClockTold => ({ intervals, seconds, timeless, backSteps }),
  };
}
