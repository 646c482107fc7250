import type { Result } from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';

/**
 * Samples [start, end) of one lead in its unit, NaN where missing. Both bounds are clipped to the recording, so that a
 * filter may ask for a margin that there is not.
 */
export async function readSamples(
  recording: OpenRecording,
  lead: number,
  start: number,
  end: number,
): Promise<Result<Float64Array>> {
  const length = recording.leads[lead]!.samples;
  const from = Math.max(0, Math.min(start, length));
  return recording.readPhysical(lead, from, Math.max(from, Math.min(end, length)));
}
