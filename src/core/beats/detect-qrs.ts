import { LEVEL_BLOCK, QRS_RATE_HZ, REFRACTORY_SAMPLES } from './qrs-constants';
import { qrsEvidence } from './qrs-evidence';
import { createRateConverter } from './qrs-resample';
import { scoreCandidates } from './qrs-score';
import { createRPeakPlacer } from './r-peak';

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
}

/** Beats are reported from the middle of a stretch, with this much signal on both sides. */
const MARGIN = 20 * QRS_RATE_HZ;
const CORE = 160 * QRS_RATE_HZ;

/**
 * Finds QRS complexes in one or several leads together.
 *
 * Method: band-pass, derivative and moving energy of Pan & Tompkins (1985) and Hamilton (2002), per lead; leads
 * added by quality (`qrsEvidence`); every maximum is a candidate and is judged by size, background, T-wave place
 * and likeness to its neighbours, then again by the rhythm (`scoreCandidates`); the R peak is placed by
 * alignment with beats of the same form (`createRPeakPlacer`). Polarity, gain and unit do not matter.
 * Throws on a rate or a number of leads out of range, and on leads of unequal length: those are bugs of the caller.
 */
export function createQrsDetector({ rateHz, leads: leadCount }: QrsDetectorOptions): QrsDetector {
  if (!(rateHz >= 50 && rateHz <= 100_000)) throw new RangeError(`rateHz out of range: ${rateHz}`);
  if (!(leadCount >= 1)) throw new RangeError(`leads out of range: ${leadCount}`);
  const converters = Array.from({ length: leadCount }, () => createRateConverter(rateHz));
  const placer = createRPeakPlacer(leadCount);
  /** Converted samples not yet given up; the first is sample `base` of the recording. */
  const pending: Float64Array[][] = Array.from({ length: leadCount }, () => []);
  let pendingLength = 0;
  let base = 0;
  /** First sample whose beats have not been reported. */
  let from = 0;
  let lastBeat = -Infinity;

  function take(samples: readonly Float64Array[]): void {
    const length = samples[0]!.length;
    samples.forEach((part, l) => {
      if (part.length !== length) throw new RangeError('leads of unequal length');
      // Copied: a converter at the same rate hands on the caller's own array.
      if (length > 0) pending[l]!.push(part.slice());
    });
    pendingLength += length;
  }

  /** Beats from `from` to `until` (samples of the recording), looking at all that is pending. */
  function analyse(until: number, available: number): Detection[] {
    const window = pending.map((parts) => {
      const all = concatenate(parts).subarray(0, available);
      return all;
    });
    const evidence = qrsEvidence(window);
    const probability = scoreCandidates(evidence);
    const beats: Detection[] = [];
    evidence.candidates.forEach((candidate, k) => {
      const confidence = probability[k]!;
      const at = base + candidate;
      if (!(confidence > 0.5) || at < from || at >= until) return;
      // A form's R peak may lie past a beat that the recording's end cuts; no beat lies beyond the end.
      const place = base + Math.min(available - 1, placer.place(evidence, candidate));
      if (place < 0 || place - lastBeat < REFRACTORY_SAMPLES * 0.9) return;
      lastBeat = place;
      const block = Math.floor(candidate / LEVEL_BLOCK);
      let best = 0;
      for (const lead of evidence.leads) best = Math.max(best, lead.weights[block]!);
      beats.push({ timeS: place / QRS_RATE_HZ, confidence, signalQuality: best + 2 });
    });
    from = until;
    return beats;
  }

  function drop(newBase: number): void {
    const count = newBase - base;
    if (count <= 0) return;
    pending.forEach((parts, l) => {
      pending[l] = [concatenate(parts).slice(count)];
    });
    pendingLength -= count;
    base = newBase;
  }

  return {
    push(samples) {
      if (samples.length !== leadCount)
        throw new RangeError(`expected ${leadCount} leads, got ${samples.length}`);
      take(samples.map((lead, l) => converters[l]!.push(lead)));
      const found: Detection[] = [];
      while (base + pendingLength >= from + CORE + MARGIN) {
        found.push(...analyse(from + CORE, from + CORE + MARGIN - base));
        drop(Math.max(0, from - MARGIN));
      }
      return found;
    },
    flush() {
      take(converters.map((converter) => converter.flush()));
      return pendingLength > 0 ? analyse(Infinity, pendingLength) : [];
    },
  };
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0]!;
  const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
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
