import type { BeatColumns } from './analysis';
import { BEAT_CLASSES } from './beat-classes';
import type { ReviewEdit } from './review';

/** A beat named by its time is the nearest one within this distance: half the EC57 match window of 150 ms. */
const SAME_BEAT_S = 0.075;

interface Beat {
  timeS: number;
  beatClass: number;
  confidence: number;
  attention: number;
}

/**
 * The model's beats as the reader left them: edits applied in order. A class set by hand has confidence 1.
 * An edit whose beat is gone (a later model found none there) changes nothing.
 * @returns new columns in time order; the input is not changed
 */
export function applyBeatEdits(beats: BeatColumns, edits: readonly ReviewEdit[]): BeatColumns {
  if (edits.length === 0) return beats;
  let list: Beat[] = Array.from(beats.timeS, (timeS, i) => ({
    timeS,
    beatClass: beats.beatClass[i]!,
    confidence: beats.confidence[i]!,
    attention: beats.attention[i]!,
  }));
  for (const edit of edits) {
    if (edit.kind === 'decide-segments') continue;
    if (edit.kind === 'add-beat') {
      const beatClass = BEAT_CLASSES.indexOf(edit.beatClass);
      list.push({ timeS: edit.timeS, beatClass, confidence: 1, attention: 0 });
      continue;
    }
    const beat = nearest(list, edit.timeS);
    if (!beat) continue;
    if (edit.kind === 'delete-beat') list = list.filter((other) => other !== beat);
    else if (edit.kind === 'move-beat') beat.timeS = edit.toTimeS;
    else Object.assign(beat, { beatClass: BEAT_CLASSES.indexOf(edit.beatClass), confidence: 1 });
  }
  list.sort((a, b) => a.timeS - b.timeS);
  return {
    timeS: Float64Array.from(list, (beat) => beat.timeS),
    beatClass: Uint8Array.from(list, (beat) => beat.beatClass),
    confidence: Float32Array.from(list, (beat) => beat.confidence),
    attention: Float32Array.from(list, (beat) => beat.attention),
  };
}

function nearest(list: readonly Beat[], timeS: number): Beat | null {
  let best: Beat | null = null;
  for (const beat of list) {
    const distance = Math.abs(beat.timeS - timeS);
    if (distance <= SAME_BEAT_S && (!best || distance < Math.abs(best.timeS - timeS))) best = beat;
  }
  return best;
}
