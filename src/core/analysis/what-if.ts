import { ok, type Band, type Result, type Segment, type WhatIfAnswer } from '../../shared/domain';

/** Half of the hop between two segments: as far from every window that was read as a window can be. */
export const SHIFT_S = 2.5;

/** What an ECG monitor shows (IEC 60601-2-27, 0.67 to 40 Hz), instead of what the model was trained with. */
export const OTHER_BAND: Pick<Band, 'lowHz' | 'highHz'> = { lowHz: 0.67, highHz: 40 };

/** One change, and how a segment is read with it; `read` is null where there is nothing to change to. */
export type WhatIfTrial = Omit<WhatIfAnswer, 'answer'> & {
  readonly read: (() => Promise<Result<Segment>>) | null;
};

/** Where the window goes: later, but earlier where the recording ends. */
export function shiftOf({ startS, endS }: Segment, durationS: number): number {
  if (endS + SHIFT_S <= durationS) return SHIFT_S;
  return startS >= SHIFT_S ? -SHIFT_S : 0;
}

/** Reads a segment under each change, one after the other, so that a reader who goes on waits for none. */
export async function tryChanges(
  segment: Segment,
  trials: readonly WhatIfTrial[],
): Promise<Result<WhatIfAnswer[]>> {
  const answers: WhatIfAnswer[] = [];
  for (const { read, ...change } of trials) {
    const found = read && (await read());
    if (found && !found.ok) return found;
    const answer = found && {
      verdict: found.value.verdict,
      probability: found.value.probability,
      reason: found.value.reason,
    };
    // The last segment ends with the recording: moved, it goes to where others would lie.
    const movedS = found && change.shiftS !== 0 ? found.value.startS - segment.startS : 0;
    answers.push({ ...change, shiftS: movedS, answer });
  }
  return ok(answers);
}
