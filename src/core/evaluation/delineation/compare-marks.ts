import type { BeatMarks, MarkName } from '../../beats/delineation';
import { MATCH_WINDOW_S } from '../ec57-beats';
import type { MarkedWave } from './reference-marks';

/** Only parts of a recording may be marked: further from a marked beat than this, nothing counts as extra. */
const MARKED_S = 0.5;

export const WAVES = ['P', 'QRS', 'T'] as const;
export type WaveName = (typeof WAVES)[number];

export interface WaveCount {
  found: number;
  missed: number;
  extra: number;
}

/** Marks of one source of annotations (a lead, or a record) against what was found. */
export interface ComparedMarks {
  readonly waves: Record<WaveName, WaveCount>;
  /** Found minus marked, ms. */
  readonly errorsMs: Record<MarkName, number[]>;
}

interface FoundWave extends MarkedWave {
  used: boolean;
}

/**
 * @param marks what was found, with the R peaks of its beats
 * @param marked what was marked by hand, in time order
 */
export function compareMarks(
  marks: BeatMarks,
  timeS: Float64Array,
  marked: readonly MarkedWave[],
): ComparedMarks {
  const compared = noneCompared();
  const found = foundWaves(marks, timeS);
  for (const reference of marked) {
    const match = nearest(found[reference.wave], reference.peakS);
    if (!match) {
      compared.waves[reference.wave].missed++;
      continue;
    }
    match.used = true;
    compared.waves[reference.wave].found++;
    addErrors(compared.errorsMs, reference, match);
  }
  const beats = marked.filter(({ wave }) => wave === 'QRS');
  const firstS = Math.min(...marked.map(({ onsetS, peakS }) => onsetS || peakS));
  const lastS = Math.max(...marked.map(({ endS, peakS }) => endS || peakS));
  for (const wave of WAVES) {
    compared.waves[wave].extra = found[wave].filter(
      ({ used, peakS }) =>
        !used &&
        peakS >= firstS &&
        peakS <= lastS &&
        beats.some((beat) => Math.abs(beat.peakS - peakS) <= MARKED_S),
    ).length;
  }
  return compared;
}

function noneCompared(): ComparedMarks {
  const none = (): WaveCount => ({ found: 0, missed: 0, extra: 0 });
  return {
    waves: { P: none(), QRS: none(), T: none() },
    errorsMs: { pOnset: [], pPeak: [], pEnd: [], qrsOnset: [], qrsEnd: [], tPeak: [], tEnd: [] },
  };
}

function foundWaves(marks: BeatMarks, timeS: Float64Array): Record<WaveName, FoundWave[]> {
  const found: Record<WaveName, FoundWave[]> = { P: [], QRS: [], T: [] };
  const add = (wave: WaveName, onsetS: number, peakS: number, endS: number): void => {
    if (!Number.isNaN(peakS)) found[wave].push({ wave, onsetS, peakS, endS, used: false });
  };
  timeS.forEach((peakS, beat) => {
    add('P', marks.pOnset[beat]!, marks.pPeak[beat]!, marks.pEnd[beat]!);
    add('QRS', marks.qrsOnset[beat]!, peakS, marks.qrsEnd[beat]!);
    add('T', NaN, marks.tPeak[beat]!, marks.tEnd[beat]!);
  });
  return found;
}

function nearest(waves: readonly FoundWave[], peakS: number): FoundWave | null {
  let best: FoundWave | null = null;
  // A found wave is the marked one when their peaks are as near as those of one beat.
  let least = MATCH_WINDOW_S;
  for (const wave of waves) {
    const apart = Math.abs(wave.peakS - peakS);
    if (wave.used || apart > least) continue;
    least = apart;
    best = wave;
  }
  return best;
}

function addErrors(
  errorsMs: Record<MarkName, number[]>,
  reference: MarkedWave,
  found: MarkedWave,
): void {
  const add = (name: MarkName, foundS: number, markedS: number): void => {
    const error = (foundS - markedS) * 1000;
    if (!Number.isNaN(error)) errorsMs[name].push(error);
  };
  if (reference.wave === 'P') {
    add('pOnset', found.onsetS, reference.onsetS);
    add('pPeak', found.peakS, reference.peakS);
    add('pEnd', found.endS, reference.endS);
  } else if (reference.wave === 'QRS') {
    add('qrsOnset', found.onsetS, reference.onsetS);
    add('qrsEnd', found.endS, reference.endS);
  } else {
    add('tPeak', found.peakS, reference.peakS);
    add('tEnd', found.endS, reference.endS);
  }
}
