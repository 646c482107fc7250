import { ok, type Band, type Result, type TimeSpan } from '../../../shared/domain';
import { borrowScratch, giveBackScratch } from '../../base/scratch';
import { isStrip } from '../../../shared/domain/strip';
import { pLikeness, stripSignal, unlikeTraining } from '../../beats/features';
import { bestOf, isDisturbed, isDoubtful, isNoise, type StretchQuality } from '../../beats/quality';
import { segmentGrid, segmentStartS, unreadableReason, type SegmentGrid } from '../../dsp';
import { defineTask } from '../../workers/task';
import { workerRecordings } from '../../recordings/worker-recordings';
import {
  readBeatStretch,
  type BeatStretch,
  type StretchBeats,
  type StretchSpan,
} from './beat-stretch';
import { leadSignals } from '../../recordings/lead-signal';
import { signsIn } from '../never-normal';
import type { SegmentWindow } from '../types';

export interface BeatTaskInput {
  readonly path: string;
  /** Signal indices of the leads, all of one rate. */
  readonly leads: readonly number[];
  readonly durationS: number;
  readonly windowS: number;
  readonly hopS: number;
  readonly grid: SegmentGrid['kind'];
  readonly stretch: StretchSpan;
  /** Band of the model's card. */
  readonly band: Band;
  /** What `beatTimesTask` answered of the same stretch, where it was asked. */
  readonly foundS?: Float64Array;
}

/** Beats of a stretch with its surroundings, and the segments that start in the stretch. */
export interface BeatTaskOutput {
  readonly tokens: StretchBeats;
  readonly windows: readonly SegmentWindow[];
  readonly quality: StretchQuality;
  /** Quality of each lead per second from `quality.startS` on, pauses told from leads that are off. */
  readonly leadLevels: readonly Uint8Array[];
  /** 1 where the form of a beat is unlike those that the networks learned from (`unlikeTraining`), [beats]. */
  readonly unlike: Uint8Array;
  /** How like the dominant one the P wave before each beat is (`pLikeness`), [beats]. */
  readonly pLikeness: Float32Array;
  /** Gaps between beats that are no pause (`restlessGaps`). */
  readonly restless: readonly TimeSpan[];
  /**
   * The lead as the network of strips reads it, where the stretch is the whole of a strip of one lead; else null. With more
   * leads the beats show P and flutter waves that one lead may hide: flutter in twelve leads (52 of LUDB) was sinus by it.
   */
  readonly strip: Float32Array | null;
}

const SCRATCH = 'beat-stretch';

/** Worker task: decodes, filters, detects and measures one stretch of a recording for a beat model. */
export const beatTask = defineTask(
  'beats',
  (input: BeatTaskInput, context): Promise<Result<BeatTaskOutput>> => {
    return workerRecordings().use(input.path, async (recording) => {
      const leads = leadSignals(recording, input.leads);
      if (!leads.ok) return leads;
      const scratch = borrowScratch(SCRATCH);
      try {
        const read = await readBeatStretch(leads.value, input.stretch, input.band, {
          foundS: input.foundS,
          scratch,
          step(done) {
            context.progress(done);
            return context.cancelled();
          },
        });
        return read.ok ? ok(answerOf(input, read.value, leads.value[0]!.rateHz)) : read;
      } finally {
        giveBackScratch(SCRATCH, scratch);
      }
    });
  },
);

function answerOf(input: BeatTaskInput, read: BeatStretch, rateHz: number): BeatTaskOutput {
  const { raw, tokens, restless, connected: leadLevels, doubt, waves, slow } = read;
  const startS = Math.floor(input.stretch.fromS * rateHz) / rateHz;
  const quality = bestOf(read.quality, startS);
  const windows = segmentsOf(input, raw, quality, rateHz).map((window) => ({
    ...window,
    isDoubtful: isDoubtful(doubt, quality, window.startS, window.endS),
    isDisturbed: isDisturbed(doubt, startS, window.startS, window.endS),
    ...signsIn(
      { waves, slow, fromS: startS, timeS: tokens.timeS, quality, durationS: input.durationS },
      window,
    ),
  }));
  const unlike = unlikeTraining(tokens, tokens.leads, tokens.samples);
  return {
    tokens,
    windows,
    quality,
    leadLevels,
    unlike,
    pLikeness: pLikeness(tokens),
    restless,
    strip: isWholeStrip(input) ? stripSignal(raw[0]!, rateHz) : null,
  };
}

function isWholeStrip({ leads, durationS, stretch: { fromS, toS } }: BeatTaskInput): boolean {
  return leads.length === 1 && isStrip(durationS) && fromS <= 0 && toS >= durationS;
}

/** Segments that start in the stretch. One is Unreadable where every lead is, and where noise leaves too little. */
function segmentsOf(
  { durationS, windowS, hopS, grid: kind, stretch }: BeatTaskInput,
  raw: readonly Float64Array[],
  quality: StretchQuality,
  rateHz: number,
): SegmentWindow[] {
  const grid = segmentGrid(durationS, windowS, hopS, kind);
  const rawStart = Math.floor(stretch.fromS * rateHz);
  const length = Math.round(windowS * rateHz);
  const isLast = stretch.endS >= durationS;
  const windows: SegmentWindow[] = [];
  const first = Math.max(0, Math.floor(stretch.startS / hopS) - 1);
  for (let index = first; index < grid.count; index++) {
    const startS = segmentStartS(grid, index);
    if (startS < stretch.startS) continue;
    if (startS >= stretch.endS && !isLast) break;
    const at = Math.round(startS * rateHz) - rawStart;
    const reasons = raw.map((lead) =>
      unreadableReason(lead.subarray(at, at + length), rateHz, length),
    );
    const endS = Math.min(startS + windowS, durationS);
    const noise = isNoise(quality, startS, endS) ? 'noise' : null;
    const unreadable = reasons.every((reason) => reason !== null) ? reasons[0]! : noise;
    windows.push({ index, startS, endS, unreadable });
  }
  return windows;
}
