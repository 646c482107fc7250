import type { TimeSpan } from '../../shared/domain';
import { joined, secondsIn } from '../findings/time-spans';

/** Fibrillation and flutter by their length, as ANSI/AAMI EC57:2012 has it and `epicmp` of WFDB compares. */
export interface FibrillationTime {
  readonly referenceS: number;
  readonly foundS: number;
  readonly sharedS: number;
}

/** @returns seconds annotated, seconds reported, and seconds that are both; spans may overlap or touch */
export function fibrillationTime(
  reference: readonly TimeSpan[],
  found: readonly TimeSpan[],
): FibrillationTime {
  const [annotated, reported] = [joined(reference), joined(found)];
  const sharedS = annotated.reduce(
    (sum, { startS, endS }) => sum + secondsIn(reported, startS, endS),
    0,
  );
  return { referenceS: secondsIn(annotated), foundS: secondsIn(reported), sharedS };
}

/** The sums over records; null where no record has been asked. */
export function totalFibrillation(
  times: readonly (FibrillationTime | null)[],
): FibrillationTime | null {
  const known = times.filter((one): one is FibrillationTime => one !== null);
  const sum = (key: keyof FibrillationTime): number =>
    known.reduce((total, one) => total + one[key], 0);
  if (known.length === 0) return null;
  return { referenceS: sum('referenceS'), foundS: sum('foundS'), sharedS: sum('sharedS') };
}
