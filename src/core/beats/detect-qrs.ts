import { LEVEL_BLOCK, QRS_RATE_HZ, REFRACTORY_SAMPLES } from './qrs-constants';
import { qrsEvidence, type Evidence } from './qrs-evidence';
import { createRateConverter } from './qrs-resample';
import { createScratch, type Scratch } from '../base/scratch';
import { scoreCandidates } from './qrs-score';
import { createRPeakPlacer, placeRPeak, type RPeakPlacer } from './r-peak';

/** One QRS complex. */
export interface Detection {
  /** R peak in seconds from the first sample pushed; finer than a sample. */
  readonly timeS: number;
  /** Probability that it is a QRS complex, 0.5 to 1. */
  readonly confidence: number;
  /** Peak-to-background ratio of the best lead around it, cut at 50: below about 3 the signal is poor. */
  readonly signalQuality: number;
}

/** A streaming detector. Memory does not grow with what has been pushed. */
export interface QrsDetector {
  /**
   * Takes the next samples of every lead and returns the beats that are now certain: those up to about 30 s
   * before the end of what was pushed, in time order. How the recording is cut into pushes changes nothing.
   * @param leads one array per lead, all of one length, in any unit, NaN where missing
   */
  push(leads: readonly Float64Array[]): Detection[];
  /** The rest of the beats. The detector must not be used after it. */
  flush(): Detection[];
}

export interface QrsDetectorOptions {
  /** Sampling rate of every lead, 50 to 100,000 Hz; 100 to 1000 Hz is what it is made for. */
  readonly rateHz: number;
  readonly leads: number;
  /** Holds what the detector does; nobody else may take of it before the detector is done. */
  readonly scratch?: Scratch;
}

/** Beats are reported from the middle of a stretch, with this much signal on both sides. */
const MARGIN = 20 * QRS_RATE_HZ;
const CORE = 160 * QRS_RATE_HZ;
/** Room for what is pending, if no more than a minute is pushed at a time. */
const USUAL = CORE + 2 * MARGIN + 61 * QRS_RATE_HZ;

/**
 * Finds QRS complexes in one or several leads together.
 *
 * Method: band-pass, derivative and moving energy of Pan & Tompkins (1985) and Hamilton (2002), per lead; leads
 * added by quality (`qrsEvidence`); every maximum is a candidate and is judged by size, background, T-wave place
 * and likeness to its neighbours, then again by the rhythm (`scoreCandidates`); the R peak is placed by
 * alignment with beats of the same form (`placeRPeak`). Polarity, gain and unit do not matter.
 * Throws on a rate or a number of leads out of range, and on leads of unequal length: those are bugs of the caller.
 */
export function createQrsDetector({
  rateHz,
  leads: leadCount,
  scratch = createScratch(),
}: QrsDetectorOptions): QrsDetector {
  if (!(rateHz >= 50 && rateHz <= 100_000)) throw new RangeError(`rateHz out of range: ${rateHz}`);
  if (!(leadCount >= 1)) throw new RangeError(`leads out of range: ${leadCount}`);
  const converters = Array.from({ length: leadCount }, () => createRateConverter(rateHz));
  const pending = Array.from({ length: leadCount }, () => scratch.take(USUAL));
  const state: Detecting = {
    placer: createRPeakPlacer(leadCount),
    scratch,
    held: scratch.taken(),
    pending,
    pendingLength: 0,
    base: 0,
    from: 0,
    lastBeat: -Infinity,
  };
  return {
    push(samples) {
      if (samples.length !== leadCount)
        throw new RangeError(`expected ${leadCount} leads, got ${samples.length}`);
      take(
        state,
        samples.map((lead, l) => converters[l]!.push(lead)),
      );
      const found: Detection[] = [];
      while (state.base + state.pendingLength >= state.from + CORE + MARGIN) {
        const { base, from } = state;
        found.push(...analyse(state, from + CORE, from + CORE + MARGIN - base));
        drop(state, Math.max(0, state.from - MARGIN));
      }
      return found;
    },
    flush() {
      take(
        state,
        converters.map((converter) => converter.flush()),
      );
      const { pendingLength } = state;
      return pendingLength > 0 ? analyse(state, Infinity, pendingLength) : [];
    },
  };
}

/**
 * What a detector holds. Its functions are made once, and so compiled once: each stretch of a recording has a detector of
 * its own, and the machine code of functions that are gone goes with the next collection of garbage.
 */
interface Detecting {
  readonly placer: RPeakPlacer;
  readonly scratch: Scratch;
  /** What is taken of it for as long as the detector lives. */
  readonly held: number;
  /** Converted samples not yet given up, [leads][`pendingLength` and room]; the first is sample `base` of the recording. */
  readonly pending: Float64Array[];
  pendingLength: number;
  base: number;
  /** First sample whose beats have not been reported. */
  from: number;
  /** R peak of the last beat, samples of the recording. */
  lastBeat: number;
}

function take(state: Detecting, samples: readonly Float64Array[]): void {
  const length = samples[0]!.length;
  const { pending, pendingLength } = state;
  samples.forEach((part, l) => {
    if (part.length !== length) throw new RangeError('leads of unequal length');
    if (pending[l]!.length < pendingLength + length) {
      const held = pending[l]!.subarray(0, pendingLength);
      pending[l] = new Float64Array(pendingLength + length);
      pending[l].set(held);
    }
    pending[l]!.set(part, pendingLength);
  });
  state.pendingLength += length;
}

/** Beats from `from` to `until` (samples of the recording), looking at all that is pending. */
function analyse(state: Detecting, until: number, available: number): Detection[] {
  const { base, from } = state;
  const leads = state.pending.map((samples) => samples.subarray(0, available));
  state.scratch.release(state.held);
  const evidence = qrsEvidence(leads, state.scratch);
  const probability = scoreCandidates(evidence);
  const beats: Detection[] = [];
  for (let k = 0; k < probability.length; k++) {
    const at = base + evidence.candidates[k]!;
    if (!(probability[k]! > 0.5) || at < from || at >= until) continue;
    const beat = detection(state, evidence, k, available, probability[k]!);
    if (beat) beats.push(beat);
  }
  state.from = until;
  return beats;
}

function drop(state: Detecting, newBase: number): void {
  const count = newBase - state.base;
  if (count <= 0) return;
  for (const samples of state.pending) samples.copyWithin(0, count, state.pendingLength);
  state.pendingLength -= count;
  state.base = newBase;
}

/** @returns null where it is no beat of its own */
function detection(
  state: Detecting,
  evidence: Evidence,
  k: number,
  available: number,
  confidence: number,
): Detection | null {
  const candidate = evidence.candidates[k]!;
  // A form's R peak may lie past a beat that the recording's end cuts; no beat lies beyond the end.
  const inWindow = Math.min(available - 1, placeRPeak(state.placer, evidence, candidate));
  const place = state.base + inWindow;
  if (place < 0 || place - state.lastBeat < REFRACTORY_SAMPLES * 0.9) return null;
  state.lastBeat = place;
  const block = Math.floor(candidate / LEVEL_BLOCK);
  let best = 0;
  for (const lead of evidence.leads) best = Math.max(best, lead.weights[block]!);
  return { timeS: place / QRS_RATE_HZ, confidence, signalQuality: best + 2 };
}

/** Beats of a whole recording in columns, one entry per beat. */
export interface DetectedBeats {
  readonly timeS: Float64Array;
  readonly confidence: Float64Array;
  readonly signalQuality: Float64Array;
}

/** `createQrsDetector` over a recording that is already in memory. */
export function detectQrs(leads: readonly Float64Array[], rateHz: number): DetectedBeats {
  const detector = createQrsDetector({ rateHz, leads: leads.length });
  const beats = [...detector.push(leads), ...detector.flush()];
  return {
    timeS: Float64Array.from(beats, (beat) => beat.timeS),
    confidence: Float64Array.from(beats, (beat) => beat.confidence),
    signalQuality: Float64Array.from(beats, (beat) => beat.signalQuality),
  };
}
