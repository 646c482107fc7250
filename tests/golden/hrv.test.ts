import { expect, it } from 'vitest';
import { beatRows } from '../../src/core/findings/beat-rows';
import { hrv } from '../../src/core/findings/hrv';
import { BEAT_CLASSES } from '../../src/shared/domain';
import golden from './hrv/golden.json';

/** NeuroKit2's answers; `golden.json` names the command that made it. */
it.each(golden.cases)(
  'agrees with NeuroKit2: $name',
  ({ timeS, classes, intervals, hrv: asked }) => {
    const beats = {
      timeS: Float64Array.from(timeS),
      beatClass: Uint8Array.from(classes, (letter) => BEAT_CLASSES.findIndex((c) => c === letter)),
    };
    const rows = beatRows(beats, { readable: [{ startS: 0, endS: 1e5 }], off: [] });
    const got = hrv(rows, [])!;
    expect(got.intervals).toBe(intervals);
    expect(got.sdnnMs).toBeCloseTo(asked.sdnnMs!, 6);
    expect(got.rmssdMs).toBeCloseTo(asked.rmssdMs!, 6);
    if (asked.sdannMs === null) expect(got.sdannMs).toBeNull();
    else expect(got.sdannMs).toBeCloseTo(asked.sdannMs, 6);
    // NeuroKit2 divides by the differences and one more; the Task Force by all intervals, of which there is one more
    // than differences in every unbroken row.
    const rowsOfNn = classes.split(/[^N]/).filter((row) => row.length > 1).length;
    const differences = intervals - rowsOfNn;
    expect(got.pnn50! * intervals).toBeCloseTo(asked.pnn50! * (differences + 1), 6);
  },
);
