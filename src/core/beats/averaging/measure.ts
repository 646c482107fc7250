import {
  FIDUCIALS,
  type AveragedBeat,
  type Fiducials,
  type Measurements,
  type MovedFiducial,
} from '../../../shared/domain';
import { createResampler, withoutGaps } from '../../dsp';
import { DELINEATION_RATE_HZ, delineateSamples, type BeatMarks } from '../delineation';
import { averageBeats, type BeatWindow } from './average-beats';
import { intervalsOf, levelMv, stMv } from './intervals';

export interface MeasuredLead {
  readonly index: number;
  readonly name: string;
  /** mV, NaN where missing. */
  readonly samples: Float64Array;
}

export interface MeasureInput {
  readonly startS: number;
  readonly endS: number;
  /** The stretch in every lead, all at `rateHz`. */
  readonly leads: readonly MeasuredLead[];
  readonly rateHz: number;
  /** R peaks of all beats in the stretch, seconds from its start, ascending. */
  readonly timeS: Float64Array;
  /** 1 where a lead could be read from the beat before to a beat, so that none is missed between them; absent: all. */
  readonly follows?: Uint8Array;
  /** 1 where a beat is normal (class N) and counts, [beats]. */
  readonly isNormal: Uint8Array;
  /** A pacemaker leads the stretch: its beats say nothing of the heart's own conduction. */
  readonly isPaced: boolean;
}

/** Fewer beats than this have no median worth measuring. */
export const FEWEST_BEATS = 3;
/** An averaged beat reaches so far before and after R; its end comes earlier in a fast rhythm. */
const BEFORE_S = 0.36;
const AFTER_S = { least: 0.36, most: 0.7, ofRr: 0.72 } as const;
/** A P wave counts when it was found in this share of the beats themselves: a median also has one of fibrillation. */
const P_SHARE = 0.5;
/** Flat signal about the averaged beat when its marks are sought, s. */
const PAD_S = 1;

const NO_FIDUCIALS: Fiducials = {
  pOnset: null,
  pPeak: null,
  pEnd: null,
  qrsOnset: null,
  qrsEnd: null,
  tPeak: null,
  tEnd: null,
};

/**
 * The averaged beat of a stretch, its marks and its intervals: those of the program and, where a reader moved marks,
 * those that stand. Pure.
 */
export function measure(input: MeasureInput, moved: readonly MovedFiducial[]): Measurements {
  const rrMs = meanRrMs(input.timeS, input.follows);
  const average = input.isPaced ? null : averagedBeat(input, rrMs);
  const found = average ? fiducialsOf(average, input) : NO_FIDUCIALS;
  const fiducials = { ...found };
  for (const { fiducial, atMs } of moved) fiducials[fiducial] = atMs;
  const beat = average && withSt(average, fiducials);
  const none = { rateHz: DELINEATION_RATE_HZ, peakAt: 0, beats: 0, of: 0, leads: [] };
  return {
    startS: input.startS,
    endS: input.endS,
    beat,
    missing: average ? null : whyMissing(input),
    found,
    fiducials,
    moved: [...moved],
    intervals: intervalsOf(beat ?? none, fiducials, rrMs),
  };
}

/** Sentences that `reasons` of the catalogues have. */
function whyMissing({ leads, isNormal, isPaced }: MeasureInput): string {
  if (isPaced) return 'Paced: PR, QRS and QT are not measured.';
  if (leads.length === 0) return 'No lead can be measured.';
  const normal = isNormal.reduce((sum, one) => sum + one, 0);
  return `An averaged beat takes ${FEWEST_BEATS} normal beats; ${normal === 0 ? 'there is none' : `there ${normal === 1 ? 'is' : 'are'} ${normal}`}.`;
}

/** Mean interval between the beats of the stretch that follow on each other, of whatever class; null without one. */
function meanRrMs(timeS: Float64Array, follows?: Uint8Array): number | null {
  let sumS = 0;
  let intervals = 0;
  for (let beat = 1; beat < timeS.length; beat++) {
    if (follows && follows[beat] !== 1) continue;
    sumS += timeS[beat]! - timeS[beat - 1]!;
    intervals++;
  }
  return intervals > 0 ? (1000 * sumS) / intervals : null;
}

function averagedBeat(input: MeasureInput, rrMs: number | null): AveragedBeat | null {
  const { leads, rateHz, timeS, isNormal } = input;
  if (leads.length === 0 || rrMs === null) return null;
  const resampler = createResampler(rateHz, DELINEATION_RATE_HZ);
  const signals = leads.map(({ samples }) => resampler.whole(withoutGaps(samples)));
  const afterS = Math.min(AFTER_S.most, Math.max(AFTER_S.least, (AFTER_S.ofRr * rrMs) / 1000));
  const window: BeatWindow = {
    before: Math.round(BEFORE_S * DELINEATION_RATE_HZ),
    after: Math.round(afterS * DELINEATION_RATE_HZ),
  };
  const length = signals[0]!.length;
  const normal = Array.from(timeS, (time) => Math.round(time * DELINEATION_RATE_HZ)).filter(
    (_, beat) => isNormal[beat] === 1,
  );
  const peaks = normal.filter(
    (peak) => peak - window.before - 10 >= 0 && peak + window.after + 10 < length,
  );
  if (peaks.length < FEWEST_BEATS) return null;
  const { leads: medians, used } = averageBeats(signals, peaks, window);
  return {
    rateHz: DELINEATION_RATE_HZ,
    peakAt: window.before,
    beats: used.length,
    of: normal.length,
    leads: leads.map(({ index, name }, l) => ({
      index,
      name,
      valuesMv: Float32Array.from(medians[l]!),
      st60Mv: null,
      st80Mv: null,
    })),
  };
}

/** Width of QRS in the averaged beat, and the beats that it was made of; null where there is none or it shows none. */
export function qrsMsOf(input: MeasureInput): { qrsMs: number; beats: number } | null {
  const average = averagedBeat(input, meanRrMs(input.timeS));
  if (!average) return null;
  const { qrsOnset, qrsEnd } = marksOf(average);
  if (qrsOnset === null || qrsEnd === null) return null;
  return { qrsMs: qrsEnd - qrsOnset, beats: average.beats };
}

/** Marks of the averaged beat; P only where the beats themselves have it. */
function fiducialsOf(beat: AveragedBeat, input: MeasureInput): Fiducials {
  const fiducials = marksOf(beat);
  return fiducials.pPeak !== null && pShare(input) < P_SHARE
    ? { ...fiducials, pOnset: null, pPeak: null, pEnd: null }
    : fiducials;
}

/** Marks of the averaged beat over all leads, found in it alone. */
function marksOf(beat: AveragedBeat): Fiducials {
  const pad = Math.round(PAD_S * beat.rateHz);
  const padded = beat.leads.map(({ valuesMv }) => {
    const signal = new Float64Array(valuesMv.length + 2 * pad);
    signal.fill(valuesMv[0]!, 0, pad).fill(valuesMv.at(-1)!, pad + valuesMv.length);
    signal.set(valuesMv, pad);
    return signal;
  });
  const peakS = (pad + beat.peakAt) / beat.rateHz;
  const { all } = delineateSamples(padded, beat.rateHz, Float64Array.of(peakS));
  const fiducials = { ...NO_FIDUCIALS };
  for (const name of FIDUCIALS) {
    const at = all[name][0]!;
    if (!Number.isNaN(at)) fiducials[name] = Math.round((at - peakS) * 1000);
  }
  return fiducials;
}

function pShare({ leads, rateHz, timeS, isNormal }: MeasureInput): number {
  const marks: BeatMarks = delineateSamples(
    leads.map(({ samples }) => samples),
    rateHz,
    timeS,
  ).all;
  let normal = 0;
  let withP = 0;
  isNormal.forEach((own, beat) => {
    if (!own || Number.isNaN(marks.qrsOnset[beat]!)) return;
    normal++;
    if (!Number.isNaN(marks.pPeak[beat]!)) withP++;
  });
  return normal > 0 ? withP / normal : 0;
}

/** Values against the level before QRS, and ST of each lead. */
function withSt(beat: AveragedBeat, fiducials: Fiducials): AveragedBeat {
  const leads = beat.leads.map((lead) => {
    const level =
      fiducials.qrsOnset === null ? 0 : levelMv(lead.valuesMv, beat, fiducials.qrsOnset);
    const valuesMv = lead.valuesMv.map((value) => value - level);
    return {
      ...lead,
      valuesMv,
      st60Mv: stMv(valuesMv, beat, fiducials, 60),
      st80Mv: stMv(valuesMv, beat, fiducials, 80),
    };
  });
  return { ...beat, leads };
}
