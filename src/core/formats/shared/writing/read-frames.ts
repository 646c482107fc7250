import { ok, type Result } from '../../../../shared/domain';
import { errSaid } from '../../../../shared/domain/said';
import { MISSING_ADU, type OpenRecording } from '../../open-recording';
import type { CommonFrame } from './common-frame';

/** How long work may take, and whom to tell how far it is. */
export interface WorkOptions {
  readonly signal?: AbortSignal;
  /** 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** A stretch of a recording: for each lead its integers, missing ones as `MISSING_ADU`. */
export interface FrameBlock {
  readonly firstFrame: number;
  readonly frames: number;
  /** Of each lead, frames x its samples per frame. */
  readonly leads: readonly Int32Array[];
}

/** Samples of all leads in a block: small beside the memory of a machine, large beside the cost of a call. */
const BLOCK_SAMPLES = 2 ** 18;

/** Frames of a recording, the last filled up with missing samples. */
export function frameCount(recording: OpenRecording, { samplesPerFrame }: CommonFrame): number {
  return Math.max(
    0,
    ...recording.leads.map((lead, k) => Math.ceil(lead.samples / samplesPerFrame[k]!)),
  );
}

/** All frames of a recording in order, in blocks. @returns `cancelled`, and what reading fails with */
export async function eachBlock(
  recording: OpenRecording,
  frame: CommonFrame,
  { signal, onProgress }: WorkOptions,
  use: (block: FrameBlock) => Promise<Result<null>> | Result<null>,
): Promise<Result<null>> {
  const { samplesPerFrame } = frame;
  const total = frameCount(recording, frame);
  const frameSamples = samplesPerFrame.reduce((sum, count) => sum + count, 0);
  const step = Math.max(1, Math.floor(BLOCK_SAMPLES / frameSamples));
  for (let firstFrame = 0; firstFrame < total; firstFrame += step) {
    if (signal?.aborted)
      return errSaid('cancelled', 'failures.workStopped', { name: recording.name });
    const frames = Math.min(step, total - firstFrame);
    const leads: Int32Array[] = [];
    for (const [lead, perFrame] of samplesPerFrame.entries()) {
      const start = firstFrame * perFrame;
      const end = start + frames * perFrame;
      const read = await recording.readDigital(
        lead,
        Math.min(start, recording.leads[lead]!.samples),
        end,
      );
      if (!read.ok) return read;
      leads.push(filledUp(read.value, frames * perFrame));
    }
    const used = await use({ firstFrame, frames, leads });
    if (!used.ok) return used;
    onProgress?.((firstFrame + frames) / total);
  }
  return ok(null);
}

function filledUp(samples: Int32Array, length: number): Int32Array {
  if (samples.length === length) return samples;
  const filled = new Int32Array(length).fill(MISSING_ADU);
  filled.set(samples);
  return filled;
}
