import {
  ok,
  type BeatColumns,
  type Measurements,
  type MovedFiducial,
  type Result,
  type TimeSpan,
} from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { OpenRecording } from '../../formats/open-recording';
import { measure } from './measure';
import { measuredStretch } from './measured-stretch';

/** Recordings up to this long are measured whole; of longer ones the first so much, unless a stretch is asked for. */
const WHOLE_S = 60;
/** The longest stretch that is averaged: a longer one says no more and holds other rates. */
const LONGEST_S = 120;

/** What else is known of a stretch. */
export interface ReadersWord {
  /** Marks that the reader moved, by `Standing.movedFiducials` of the same stretch. */
  readonly moved: readonly MovedFiducial[];
  /** A finding that was not rejected says that it is paced. */
  readonly isPaced: boolean;
}

/** The stretch that is measured where none is asked for. */
export function wholeOrFirstMinute(durationS: number): TimeSpan {
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
  { startS, endS }: TimeSpan,
  { moved, isPaced }: ReadersWord,
): Promise<Result<Measurements>> {
  if (!(endS > startS) || endS - startS > LONGEST_S) {
    return errSaid('bad-input', 'files.stretchTooLong', {
      limit: LONGEST_S,
      from: startS,
      to: endS,
    });
  }
  const input = await measuredStretch(recording, beats, { startS, endS });
  return input.ok ? ok(measure({ ...input.value, isPaced }, moved)) : input;
}
