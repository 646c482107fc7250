import type { Random } from './random';

/** Rhythm of a stretch of the recording. */
export type RhythmKind =
  | 'sinus' // with premature beats as `ectopy` says
  | 'bigeminy'
  | 'afib'
  | 'lbbb';

/** A premature event in a sinus stretch. */
export type EctopicEvent = 'pvc' | 'pac' | 'couplet' | 'run';

export interface RhythmStretch {
  readonly untilS: number;
  readonly rhythm: RhythmKind;
  readonly heartRateBpm: number;
  /** Events, spread evenly over the stretch in this order. */
  readonly ectopy?: readonly EctopicEvent[];
}

/** What disturbs the signal, and when. Levels are root mean square in mV, as are all noise levels here. */
export interface Disturbance {
  readonly kind: 'wander' | 'mains' | 'muscle' | 'lead-off' | 'gap';
  readonly startS: number;
  readonly endS: number;
  readonly levelMv?: number;
  /** Index of the lead that is off; the others stay. */
  readonly lead?: number;
}

export interface Scenario {
  readonly stretches: readonly RhythmStretch[];
  readonly disturbances: readonly Disturbance[];
}

/** Ten minutes with one of everything that Fiducial should notice. */
export const DEMO_SCENARIO: Scenario = {
  stretches: [
    { untilS: 50, rhythm: 'sinus', heartRateBpm: 70 },
    { untilS: 115, rhythm: 'sinus', heartRateBpm: 72, ectopy: ['pvc', 'pvc', 'pac', 'pvc', 'pac'] },
    { untilS: 150, rhythm: 'bigeminy', heartRateBpm: 74 },
    { untilS: 235, rhythm: 'sinus', heartRateBpm: 74, ectopy: ['pac', 'couplet', 'pac', 'run'] },
    { untilS: 300, rhythm: 'sinus', heartRateBpm: 71 },
    { untilS: 390, rhythm: 'afib', heartRateBpm: 98 },
    { untilS: 425, rhythm: 'sinus', heartRateBpm: 68 },
    { untilS: 480, rhythm: 'lbbb', heartRateBpm: 82 },
    {
      untilS: 600,
      rhythm: 'sinus',
      heartRateBpm: 70,
      ectopy: ['pac', 'pvc', 'couplet', 'pac', 'pvc'],
    },
  ],
  disturbances: [
    { kind: 'wander', startS: 242, endS: 262, levelMv: 0.3 },
    { kind: 'mains', startS: 262, endS: 276, levelMv: 0.035 },
    { kind: 'muscle', startS: 276, endS: 292, levelMv: 0.07 },
    { kind: 'lead-off', startS: 498, endS: 516, lead: 0 },
    { kind: 'gap', startS: 551, endS: 552.4 },
  ],
};

/** A recording of any length for load tests: mostly sinus rhythm, slower by night, with episodes of all kinds. */
export function randomScenario(durationS: number, random: Random): Scenario {
  const stretches: RhythmStretch[] = [];
  const disturbances: Disturbance[] = [];
  for (let startS = 0; startS < durationS; startS = stretches.at(-1)!.untilS) {
    const day = 0.5 - 0.5 * Math.cos((2 * Math.PI * (startS + 6 * 3600)) / 86_400);
    const heartRateBpm = 58 + 22 * day + random.between(-4, 4);
    const choice = random.uniform();
    const untilS = Math.min(durationS, startS + random.between(60, 300));
    if (choice < 0.06) stretches.push({ untilS, rhythm: 'afib', heartRateBpm: heartRateBpm + 25 });
    else if (choice < 0.1) stretches.push({ untilS, rhythm: 'bigeminy', heartRateBpm });
    else if (choice < 0.14) stretches.push({ untilS, rhythm: 'lbbb', heartRateBpm });
    else {
      const events = ['pvc', 'pvc', 'pac', 'pac', 'couplet', 'run'] as const;
      const count = Math.floor(random.between(0, 6));
      const ectopy = Array.from({ length: count }, () => {
        return events[Math.floor(random.between(0, events.length))]!;
      });
      stretches.push({ untilS, rhythm: 'sinus', heartRateBpm, ectopy });
    }
    const kind = (['wander', 'mains', 'muscle', 'lead-off', 'gap'] as const)[
      Math.floor(random.between(0, 14))
    ];
    if (!kind) continue;
    const from = random.between(startS, untilS);
    const longest = kind === 'gap' ? 3 : 40;
    disturbances.push({
      kind,
      startS: from,
      endS: Math.min(untilS, from + random.between(1, longest)),
      levelMv: { wander: 0.3, mains: 0.04, muscle: 0.08, 'lead-off': 0, gap: 0 }[kind],
      lead: 0,
    });
  }
  return { stretches, disturbances };
}
