import type { BeatTokens } from '../../beats/features';
import { BEAT_WINDOW, FEWEST_OF_FORM, RHYTHM_VALUES } from '../../beats/features';
import type { Tensors } from '../../inference/types';

/** Beats that attend to each other, as `SEQUENCE` in training/beat_attention/model.py. */
export const SEQUENCE_BEATS = 64;
/** The model was trained with windows clipped to this many dominant QRS heights. */
const CLIP = 6;

/** First beats of sequences that overlap by half and cover all beats; the last one ends with the last beat. */
export function sequenceStarts(beats: number): number[] {
  const starts: number[] = [];
  for (let start = 0; start + SEQUENCE_BEATS <= beats; start += SEQUENCE_BEATS / 2)
    starts.push(start);
  const covered = starts.length === 0 ? 0 : starts[starts.length - 1]! + SEQUENCE_BEATS;
  if (covered < beats) starts.push(Math.max(0, beats - SEQUENCE_BEATS));
  return starts;
}

/** The sequence (index into `starts`) in which each beat lies nearest the middle: that one answers for it. */
export function answeringSequence(beats: number, starts: readonly number[]): Int32Array {
  const owner = new Int32Array(beats).fill(-1);
  const distance = new Float64Array(beats).fill(Infinity);
  starts.forEach((start, sequence) => {
    const end = Math.min(beats, start + SEQUENCE_BEATS);
    for (let beat = start; beat < end; beat++) {
      const away = Math.abs(beat - start - (SEQUENCE_BEATS - 1) / 2);
      if (away >= distance[beat]!) continue;
      distance[beat] = away;
      owner[beat] = sequence;
    }
  });
  return owner;
}

/** One sequence to run: where it starts, and the beats to leave out of it. */
export interface SequenceRun {
  readonly start: number;
  readonly masked: readonly number[];
}

/**
 * Inputs of the graph for some sequences of one stretch: `windows` [b, 64, leads, 96], `dominant` [b, leads, 96],
 * `present` [b, 64, leads], `rhythm` [b, 64, 5], `mask` [b, 64], `formMeans` [b, 64, leads, 96] and `formBeats`
 * [b, 64]: the mean beat of each beat's form and how many beats went into it; a beat without a form is its own mean.
 * Zeros past the last beat; mask 0 there and for a beat that no lead shows.
 */
export function sequenceInputs(tokens: BeatTokens, runs: readonly SequenceRun[]): Tensors {
  const { leads, samples } = tokens;
  const size = leads * samples;
  const beats = tokens.timeS.length;
  const b = runs.length;
  const windows = new Float32Array(b * SEQUENCE_BEATS * size);
  const dominant = new Float32Array(b * size);
  const present = new Float32Array(b * SEQUENCE_BEATS * leads);
  const rhythm = new Float32Array(b * SEQUENCE_BEATS * RHYTHM_VALUES).fill(0.8);
  const mask = new Float32Array(b * SEQUENCE_BEATS);
  const formMeans = new Float32Array(windows.length);
  const formBeats = new Float32Array(b * SEQUENCE_BEATS).fill(1);
  const usual = tokens.dominant.map(clip);
  runs.forEach(({ start, masked }, k) => {
    const end = Math.min(beats, start + SEQUENCE_BEATS);
    const row = k * SEQUENCE_BEATS;
    windows.set(tokens.windows.subarray(start * size, end * size), row * size);
    present.set(tokens.present.subarray(start * leads, end * leads), row * leads);
    rhythm.set(
      tokens.rhythm.subarray(start * RHYTHM_VALUES, end * RHYTHM_VALUES),
      row * RHYTHM_VALUES,
    );
    mask.fill(1, row, row + end - start);
    for (let beat = start; beat < end; beat++) if (!tokens.seen[beat]) mask[row + beat - start] = 0;
    for (const beat of masked) if (beat >= start && beat < end) mask[row + beat - start] = 0;
    dominant.set(usual, k * size);
    for (let beat = start; beat < end; beat++) {
      const at = row + beat - start;
      const form = tokens.forms[beat]!;
      const count = form < 0 ? 1 : tokens.formBeats[form]!;
      const alone = count < FEWEST_OF_FORM;
      const from = alone ? tokens.windows : tokens.formMeans;
      const place = (alone ? beat : form) * size;
      formMeans.set(from.subarray(place, place + size), at * size);
      formBeats[at] = alone ? 1 : count;
    }
  });
  for (let i = 0; i < windows.length; i++) {
    windows[i] = clip(windows[i]!);
    formMeans[i] = clip(formMeans[i]!);
  }
  const tensor = (data: Float32Array, ...dims: number[]) => ({
    type: 'float32' as const,
    dims,
    data,
  });
  return {
    windows: tensor(windows, b, SEQUENCE_BEATS, leads, BEAT_WINDOW.samples),
    dominant: tensor(dominant, b, leads, BEAT_WINDOW.samples),
    present: tensor(present, b, SEQUENCE_BEATS, leads),
    rhythm: tensor(rhythm, b, SEQUENCE_BEATS, RHYTHM_VALUES),
    mask: tensor(mask, b, SEQUENCE_BEATS),
    formMeans: tensor(formMeans, b, SEQUENCE_BEATS, leads, BEAT_WINDOW.samples),
    formBeats: tensor(formBeats, b, SEQUENCE_BEATS),
  };
}

function clip(value: number): number {
  return Math.max(-CLIP, Math.min(CLIP, value));
}
