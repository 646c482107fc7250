import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { OpenRecording } from '../formats/open-recording';
import { createQrsDetector, type Detection } from './detect-qrs';
import { qrsLeads } from './qrs-leads';

const WINDOW_S = 30;

export interface DetectRecordOptions {
  /** Index of the only lead to read; by default all ECG leads are read together. */
  readonly lead?: number;
  readonly signal?: AbortSignal;
  /** Share of the record that has been read, 0 to 1. */
  onProgress?(done: number): void;
}

/**
 * Finds the beats of a record in all of its ECG leads, or in one, reading it in windows of 30 s.
 * @returns beats in time order; `unsupported` without a usable ECG lead, `cancelled` within a window's time
 */
export async function detectRecord(
  recording: OpenRecording,
  { lead, signal, onProgress }: DetectRecordOptions = {},
): Promise<Result<Detection[]>> {
  const leads = qrsLeads(recording, lead);
  if (!leads.ok) return leads;
  const { signals, rateHz } = leads.value;
  const detector = createQrsDetector({ rateHz, leads: signals.length });
  const beats: Detection[] = [];
  const window = Math.max(1, Math.round(WINDOW_S * rateHz));
  const length = Math.max(...signals.map((index) => recording.leads[index]!.samples));
  for (let start = 0; start < length; start += window) {
    if (signal?.aborted) {
      return errSaid('cancelled', 'failures.beatsOfCancelled', { name: recording.name });
    }
    const samples: Float64Array[] = [];
    for (const index of signals) {
      const read = await recording.readPhysical(index, start, Math.min(length, start + window));
      if (!read.ok) return read;
      samples.push(read.value);
    }
    beats.push(...detector.push(samples));
    onProgress?.(Math.min(1, (start + window) / length));
    // Lets a cancel or a progress line through; detection itself never waits.
    await new Promise((resolve) => setImmediate(resolve));
  }
  beats.push(...detector.flush());
  return ok(beats);
}
