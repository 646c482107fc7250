import { randomInt } from 'node:crypto';
import type { OpenRecording } from '../formats/open-recording';
import { ok } from '../../shared/domain';

/** People older than this are few enough to be known by their age. */
const OLDEST_YEARS = 90;
const MOST_WEEKS = 520;
const WEEK_MS = 7 * 86_400_000;

/** By how much a run moves its dates: weeks, so that the day of the week and the time of day stay true. */
export function chooseShiftWeeks(): number {
  return randomInt(1, MOST_WEEKS + 1);
}

/**
 * A recording without what says who was recorded: no name, number, birth date or free text of the file, dates moved
 * back by a number of weeks that is the same for everything in a run, ages over 90 as 90. Samples, times of day, leads,
 * annotations and measured numbers stay.
 */
export function anonymised(recording: OpenRecording, shiftWeeks: number): OpenRecording {
  const { patient, comments, measurements, startClock } = recording;
  const { ageYears, sex } = patient;
  return {
    ...recording,
    startClock: shifted(startClock, shiftWeeks),
    // A generated recording stays known as one.
    comments: comments.filter((comment) => /synthetic/i.test(comment)).map(() => 'synthetic'),
    patient: {
      name: null,
      id: null,
      birthDate: null,
      ageYears: ageYears === null ? null : Math.min(OLDEST_YEARS, ageYears),
      sex,
    },
    // Statements in words may name who confirmed them.
    measurements: measurements.filter(
      ({ value }) => value !== '' && Number.isFinite(Number(value)),
    ),
    async annotations(annotator) {
      const read = await recording.annotations(annotator);
      return read.ok ? ok({ ...read.value, warnings: [] }) : read;
    },
  };
}

/** A start moved back by weeks; a time without a date stays. */
function shifted(startClock: string | null, weeks: number): string | null {
  if (startClock === null || startClock.startsWith('T')) return startClock;
  const ms = Date.parse(`${startClock}Z`);
  return Number.isNaN(ms) ? null : new Date(ms - weeks * WEEK_MS).toISOString().slice(0, -1);
}
