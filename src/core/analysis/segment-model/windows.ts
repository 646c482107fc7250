import { ok, type ModelCard, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import {
  createBandpass,
  createResampler,
  segmentGrid,
  segmentStartS,
  standardise,
  unreadableReason,
  type SegmentGrid,
} from '../../dsp';
import { isStrip } from '../../../shared/domain/strip';
import { bestOf, isNoise, signalQuality } from '../../beats/quality';
import type { OpenRecording } from '../../formats/open-recording';
import { leadSignal } from '../../recordings/lead-signal';
import { signsIn } from '../never-normal';
import { stillnessOf } from '../standstill';
import type { SegmentWindow } from '../types';
import { createCompany } from './company';

/** Below this a QRS complex (energy from 5 to 25 Hz; Thakor et al. 1984) does not fit under the Nyquist frequency. */
const LOWEST_RATE_HZ = 50;

/** Windows that are read and filtered at once: 128 are 645 s, so the margins of 24 s add under a tenth. */
const CHUNK_WINDOWS = 128;

/** What a model's card says of its input. */
export type WindowSpec = Pick<
  ModelCard,
  'samplingRateHz' | 'windowSamples' | 'hopSamples' | 'filter'
>;

export interface WindowBatch {
  /** Every segment asked for, Unreadable ones included. */
  readonly windows: readonly SegmentWindow[];
  /** Row-major [readable, windowSamples]: one standardised row per readable window, in order. */
  readonly samples: Float32Array;
}

export interface WindowOptions {
  /**
   * Looks for heartbeats in the recording's leads too, for the rule on standstill (`SegmentWindow.still`), and judges the
   * lead's noise in their company. Training and evaluation ask for the lead alone.
   */
  readonly findBeats?: boolean;
}

export interface WindowReader {
  readonly leadName: string;
  readonly grid: SegmentGrid;
  /**
   * Segments [first, end) of the grid. Reads only the samples they need and the filter's margin around them.
   * Aborting is seen between chunks of 128 windows and gives `cancelled`.
   */
  read(first: number, end: number, signal?: AbortSignal): Promise<Result<WindowBatch>>;
}

/**
 * The one way from a recording to a segment model's input; the viewer, scan, prepare and the API all use it: mV, band-pass
 * at the lead's own rate, window, resample to the model's rate, standardise. Missing samples inside a readable window
 * become 0, its mean.
 *
 * @param lead index of the signal; any voltage is scaled to mV
 * @param kind `flush` for what a person looks at, `plain` for training and evaluation
 * @returns `unsupported` for a signal that is no ECG lead, or one sampled below 50 Hz
 */
export function createWindowReader(
  recording: OpenRecording,
  lead: number,
  spec: WindowSpec,
  kind: SegmentGrid['kind'],
  { findBeats = false }: WindowOptions = {},
): Result<WindowReader> {
  const found = leadSignal(recording, lead);
  if (!found.ok) return found;
  const { name, rateHz, length, read: readMv } = found.value;
  if (!(rateHz >= LOWEST_RATE_HZ)) {
    return errSaid('unsupported', 'files.leadTooSlow', {
      name: recording.name,
      lead: name,
      rate: rateHz,
      least: LOWEST_RATE_HZ,
    });
  }
  const { samplingRateHz, windowSamples, hopSamples } = spec;
  const windowS = windowSamples / samplingRateHz;
  const grid = segmentGrid(length / rateHz, windowS, hopSamples / samplingRateHz, kind);
  const bandpass = createBandpass(rateHz, spec.filter);
  const resampler = createResampler(rateHz, samplingRateHz);
  const ownWindowSamples = Math.round(windowS * rateHz);
  // The quality of a strip is that of all of it.
  const marginSamples = isStrip(grid.durationS) ? length : bandpass.marginSamples;

  const company = findBeats ? createCompany(recording, lead, found.value) : null;

  /** Appends segments [first, end) to `windows` and returns the standardised rows of the readable ones. */
  async function readChunk(
    first: number,
    end: number,
    windows: SegmentWindow[],
  ): Promise<Result<Float32Array[]>> {
    const inputOf = (index: number): { start: number; end: number } =>
      resampler.inputRange(resampler.positionAt(segmentStartS(grid, index)), windowSamples);
    const from = Math.max(0, inputOf(first).start - marginSamples);
    const to = Math.min(length, inputOf(end - 1).end + marginSamples);
    const block = await readMv(from, to);
    if (!block.ok) return block;
    const raw = block.value;
    const filtered = bandpass.apply(raw);
    // By whole seconds of the recording, so that a window is judged alike whatever is read with it.
    const firstS = Math.ceil(from / rateHz);
    const ofSeconds = raw.subarray(Math.round(firstS * rateHz) - from);
    const heard = await company?.hear(ofSeconds, firstS);
    const own = heard?.own ?? signalQuality(ofSeconds, rateHz, grid.durationS);
    const quality = bestOf([own], firstS);

    const rows: Float32Array[] = [];
    for (let index = first; index < end; index++) {
      const startS = segmentStartS(grid, index);
      const rawStart = Math.round(startS * rateHz) - from;
      const endS = Math.min(startS + windowS, grid.durationS);
      const reason = unreadableReason(
        raw.subarray(rawStart, rawStart + ownWindowSamples),
        rateHz,
        ownWindowSamples,
      );
      const unreadable = reason ?? (isNoise(quality, startS, endS) ? 'noise' : null);
      const place = { index, startS, endS, unreadable };
      const still = heard && stillnessOf(heard.timeS, place, heard.best, heard.restless);
      const { durationS } = grid;
      const signs =
        heard && signsIn({ ...heard, fromS: firstS, quality: heard.best, durationS }, place);
      windows.push(still ? { ...place, still, ...signs } : place);
      if (unreadable) continue;
      const window = resampler.at(filtered, from, resampler.positionAt(startS), windowSamples);
      const row = new Float32Array(windowSamples);
      standardise(window, row);
      rows.push(row);
    }
    return ok(rows);
  }

  return ok({
    leadName: name,
    grid,
    async read(first, end, signal) {
      if (!(first >= 0 && end <= grid.count && first <= end)) {
        const asked = { name: recording.name, count: grid.count, first, end };
        return errSaid('bad-input', 'files.noSuchSegments', asked);
      }
      const windows: SegmentWindow[] = [];
      const rows: Float32Array[] = [];
      for (let start = first; start < end; start += CHUNK_WINDOWS) {
        if (signal?.aborted)
          return errSaid('cancelled', 'failures.readingCancelled', { name: recording.name });
        const chunk = await readChunk(start, Math.min(end, start + CHUNK_WINDOWS), windows);
        if (!chunk.ok) return chunk;
        rows.push(...chunk.value);
      }
      const samples = new Float32Array(rows.length * windowSamples);
      rows.forEach((row, i) => samples.set(row, i * windowSamples));
      return ok({ windows, samples });
    },
  });
}
