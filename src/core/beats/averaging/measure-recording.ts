import {
  err,
  millivoltsPerUnit,
  ok,
  type BeatColumns,
  type Measurements,
  type MovedFiducial,
  type Result,
} from '../../../shared/domain';
import type { OpenRecording } from '../../formats/open-recording';
import { leadsOf } from '../../recordings/recording-info';
import { qrsLeads } from '../qrs-leads';
import { measure, type MeasuredLead } from './measure';

/** Recordings up to this long are measured whole; of longer ones the first so much, unless a stretch is asked for. */
export const WHOLE_S = 60;
/** The longest stretch that is averaged: a longer one says no more and holds other rates. */
const LONGEST_S = 120;
/** A lead that is missing for longer than this share of the stretch is not measured. */
const MOST_MISSING = 0.1;
/** Class N in `BEAT_CLASSES`. */
const NORMAL = 0;

export interface Stretch {
  readonly startS: number;
  readonly endS: number;
}

/** What else is known of a stretch. */
export interface ReadersWord {
  /** Marks that the reader moved, by `Standing.movedFiducials` of the same stretch. */
  readonly moved: readonly MovedFiducial[];
  /** A finding that was not rejected says that it is paced. */
  readonly isPaced: boolean;
}

/** The stretch that is measured where none is asked for. */
export function wholeOrFirstMinute(durationS: number): Stretch {
  return { startS: 0, endS: Math.min(durationS, WHOLE_S) };
}

/**
 * Averaged beat, marks and intervals of a stretch: what the viewer's card, the report and the API show, from one place.
 * @param beats as the reader left them, seconds from the start of the recording
 * @returns `bad-input` for a stretch that is none or longer than two minutes, `unsupported` without an ECG lead
 */
export async function measureRecording(
  recording: OpenRecording,
  beats: Pick<BeatColumns, 'timeS' | 'beatClass'>,
  { startS, endS }: Stretch,
  { moved, isPaced }: ReadersWord,
): Promise<Result<Measurements>> {
  if (!(endS > startS) || endS - startS > LONGEST_S) {
    return err(
      'bad-input',
      `What is measured is a stretch of up to ${LONGEST_S} s, not ${startS} to ${endS} s.`,
    );
  }
  const usable = qrsLeads(recording);
  if (!usable.ok) return usable;
  const { rateHz, signals } = usable.value;
  const first = Math.round(startS * rateHz);
  const names = leadsOf(recording);
  const leads: MeasuredLead[] = [];
  for (const index of signals) {
    const read = await recording.readPhysical(index, first, Math.round(endS * rateHz));
    if (!read.ok) return read;
    const { name, units } = names[index]!;
    const scale = millivoltsPerUnit(units) ?? 1;
    const missing = read.value.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
    if (missing > MOST_MISSING * read.value.length) continue;
    leads.push({ index, name, samples: read.value.map((value) => value * scale) });
  }
  const fromS = first / rateHz;
  const own = Array.from(beats.timeS.keys()).filter(
    (beat) => beats.timeS[beat]! >= fromS && beats.timeS[beat]! < endS,
  );
  const input = {
    startS,
    endS,
    leads,
    rateHz,
    timeS: Float64Array.from(own, (beat) => beats.timeS[beat]! - fromS),
    isNormal: Uint8Array.from(own, (beat) => (beats.beatClass[beat] === NORMAL ? 1 : 0)),
    isPaced,
  };
  return ok(measure(input, moved));
}
