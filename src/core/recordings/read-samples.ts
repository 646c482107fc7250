import { ok, type Result } from '../../shared/domain';
import type { RecordReader } from '../formats/wfdb/types';

/** Sampling rate of one signal, which may be faster than the record's frames. */
export function signalRateHz(reader: RecordReader, signal: number): number {
  return reader.frameRateHz * reader.signals[signal]!.samplesPerFrame;
}

/** Samples of one signal in the whole record. */
export function signalLength(reader: RecordReader, signal: number): number {
  return reader.frames * reader.signals[signal]!.samplesPerFrame;
}

/**
 * Samples [start, end) of one signal in its unit, NaN where missing, counted in the signal's own samples.
 * Both bounds are clipped to the record.
 */
export async function readSamples(
  reader: RecordReader,
  signal: number,
  start: number,
  end: number,
): Promise<Result<Float64Array>> {
  const perFrame = reader.signals[signal]!.samplesPerFrame;
  const length = reader.frames * perFrame;
  const from = Math.max(0, Math.min(start, length));
  const to = Math.max(from, Math.min(end, length));
  if (from === to) return ok(new Float64Array(0));
  const firstFrame = Math.floor(from / perFrame);
  const frames = await reader.readPhysical(signal, firstFrame, Math.ceil(to / perFrame));
  if (!frames.ok) return frames;
  const offset = from - firstFrame * perFrame;
  return ok(frames.value.subarray(offset, offset + to - from));
}
