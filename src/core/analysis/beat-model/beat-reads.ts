import { ok, type Result } from '../../../shared/domain';
import { stateOf, whileUnchanged } from '../../recordings/fingerprint';
import { createSharedReads, type SharedReads } from '../../base/shared-reads';
import type { ExplainInput } from '../analyser';
import { readStretch, type BeatPlan } from './beat-plan';
import type { StretchSpan, StretchBeats } from './beat-stretch';

/** Beats of the stretches that were looked at lately. */
export type BeatReads = SharedReads<StretchBeats>;

/**
 * A stretch is at most 45 minutes whatever the recording's length: 2 MB for half an hour of two leads at 80 bpm, 16 MB
 * for the longest with three leads at 300 bpm.
 */
const STRETCHES_KEPT = 4;

export function createBeatReads(): BeatReads {
  return createSharedReads(STRETCHES_KEPT);
}

/** Beats of one stretch, read only where they are not at hand or the recording's files have changed since. */
export async function tokensOf(
  input: ExplainInput,
  plan: BeatPlan,
  stretch: StretchSpan,
): Promise<Result<StretchBeats>> {
  const { recording, reads, signal } = input;
  const files = await stateOf(recording);
  if (!files.ok) return files;
  const key = [recording.path, files.value, ...plan.leads, stretch.fromS, stretch.toS].join('|');
  return reads.get(key, signal, (shared) =>
    // It may go on after whoever asked has gone, and is kept for others.
    whileUnchanged(
      recording,
      async () => {
        const read = await readStretch({ ...input, signal: shared }, plan, stretch);
        return read.ok ? ok(read.value.tokens) : read;
      },
      files.value,
    ),
  );
}
