import type { Annotation } from '../formats/wfdb/types';
import type { PlannedBeat } from './beat-plan';
import type { Disturbance, Scenario } from './scenario';

/** Collects what a record's `.atr` says of it. */
export interface Truth {
  add(beat: PlannedBeat): void;
  /** Everything in time order. */
  annotations(): Annotation[];
}

/** How long before its first beat a rhythm begins. */
const RHYTHM_LEAD_S = 0.2;

export function createTruth(
  scenario: Scenario,
  { leads, rateHz, frames }: { leads: number; rateHz: number; frames: number },
): Truth {
  const annotations = qualityAnnotations(scenario, leads, rateHz);
  const gaps = scenario.disturbances.filter((d) => d.kind === 'gap');
  let rhythm = '';
  return {
    add(beat) {
      const sample = Math.round(beat.timeS * rateHz);
      // Nobody annotates what was not recorded.
      const seen = sample < frames && !gaps.some((gap) => isWithin(gap, beat.timeS));
      if (!beat.symbol || !seen) return;
      if (beat.rhythm !== rhythm) {
        rhythm = beat.rhythm;
        const start = Math.max(0, sample - Math.round(RHYTHM_LEAD_S * rateHz));
        annotations.push(annotation(start, '+', rhythm));
      }
      annotations.push(annotation(sample, beat.symbol));
    },
    annotations: () => annotations.sort((a, b) => a.sample - b.sample),
  };
}

function isWithin({ startS, endS }: Disturbance, timeS: number): boolean {
  return timeS >= startS && timeS < endS;
}

function annotation(sample: number, symbol: string, aux = '', subtype = 0): Annotation {
  return { sample, symbol, subtype, chan: 0, num: 0, aux };
}

/** `~` where signal quality changes: low four bits say which leads are noisy, high four which are unreadable. */
function qualityAnnotations(scenario: Scenario, leads: number, rateHz: number): Annotation[] {
  const all = (1 << leads) - 1;
  return scenario.disturbances.flatMap(({ kind, startS, endS, lead = 0 }) => {
    const subtype = {
      'lead-off': 0x11 << lead,
      gap: 0x11 * all,
      wander: all,
      mains: all,
      muscle: all,
    }[kind];
    return [
      annotation(Math.round(startS * rateHz), '~', '', subtype),
      annotation(Math.round(endS * rateHz), '~'),
    ];
  });
}
