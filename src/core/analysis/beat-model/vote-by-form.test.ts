import { describe, expect, it } from 'vitest';
import { voteByForm } from './vote-by-form';

describe('voteByForm', () => {
  const classes = ['N', 'S', 'V', 'F', 'Q'];
  const rows = (...list: number[][]) => Float32Array.from(list.flat());
  const sure = [0.05, 0.03, 0.9, 0.01, 0.01];
  const unsure = [0.5, 0.05, 0.43, 0.01, 0.01];

  it('lets beats of one form decide together', () => {
    const voted = voteByForm(rows(sure, sure, unsure), classes, Int32Array.of(4, 4, 4));
    expect(voted[12]).toBeGreaterThan(voted[10]!);
    expect(voted.subarray(10).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    // Half of the beat's own log odds, half the mean of the form's three.
    const odds = ([n, s, v]: number[]) => Math.log(v! / (n! + s!));
    const mean = (2 * odds(sure) + odds(unsure)) / 3;
    const wanted = 0.5 * odds(unsure) + 0.5 * mean;
    expect(Math.log(voted[12]! / (voted[10]! + voted[11]!))).toBeCloseTo(wanted, 5);
  });

  it('leaves alone what has no voters, and its input', () => {
    const given = rows(sure, unsure, unsure);
    const voted = voteByForm(given, classes, Int32Array.of(0, 0, -1));
    expect(voted).toEqual(given);
    expect(voted).not.toBe(given);
  });
});
