import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeAnnotations } from '../wfdb';
import type { Annotation } from '../wfdb/types';
import { createRecordWriter } from '../wfdb/write-record';
import { LEAD_NAMES, SHAPES, type Wave } from './beat-shapes';
import { planBeats, type PlannedBeat } from './beat-plan';
import { createNoise } from './disturbances';
import { addFibrillation } from './fibrillation';
import { createRandom } from './random';
import { randomScenario, type Disturbance, type Scenario } from './scenario';

export interface SyntheticOptions {
  readonly name: string;
  readonly durationS: number;
  readonly rateHz: number;
  /** 1 to 3: MLII, V1, V5. */
  readonly leads: number;
  readonly seed: number;
  readonly format: 212 | 16;
  /** What happens when; drawn from the seed when left out. */
  readonly scenario?: Scenario;
}

const GAIN_ADU_PER_MV = 200;
const CHUNK_S = 60;
/** A beat reaches from before its P wave to the end of its T wave. */
const BEFORE_R_S = 0.35;
const AFTER_R_S = 0.85;
/** Where a Gaussian is drawn, in standard deviations: beyond it is below a hundredth of an ADU. */
const REACH = 4.5;
/** Amplitudes follow breathing by a few percent, as the axis turns. */
const BREATHING_SHARE = 0.05;

/**
 * Writes a synthetic recording `name.hea`, `name.dat` and `name.atr` (beats, rhythms and signal quality as they
 * were made) into a folder. The same options give the same bytes. Memory is that of a minute of signal plus the
 * annotations, whatever the duration.
 */
export async function writeSyntheticRecord(dir: string, options: SyntheticOptions): Promise<void> {
  const { name, durationS, rateHz, leads, seed } = options;
  if (!(Number.isInteger(leads) && leads >= 1 && leads <= LEAD_NAMES.length)) {
    throw new RangeError(`a synthetic record has 1 to ${LEAD_NAMES.length} leads, not ${leads}`);
  }
  const scenario = options.scenario ?? randomScenario(durationS, createRandom(seed));
  const random = createRandom(seed + 1);
  const noises = Array.from({ length: leads }, (_, lead) =>
    createNoise(scenario, lead, rateHz, createRandom(seed + 2 + lead)),
  );
  const plan = planBeats(scenario, random);
  const gaps = scenario.disturbances.filter((d) => d.kind === 'gap');
  const frames = Math.round(durationS * rateHz);
  const writer = await createRecordWriter(dir, {
    name,
    rateHz,
    format: options.format,
    signals: LEAD_NAMES.slice(0, leads).map((description) => ({
      description,
      units: 'mV',
      gainAduPerUnit: GAIN_ADU_PER_MV,
      baselineAdu: 0,
      adcResolutionBits: options.format === 212 ? 12 : 16,
    })),
    comments: [
      `synthetic: made by Fiducial's generator, seed ${seed}; not a recording of a person`,
      'model: sum of Gaussians per beat after McSharry et al. 2003; f waves after Stridh and Sornmo 2001',
    ],
  });

  const annotations: Annotation[] = qualityAnnotations(scenario, leads, rateHz);
  const active: { beat: PlannedBeat; scale: number }[] = [];
  let next = plan.next();
  let rhythm = '';
  const chunkFrames = Math.round(CHUNK_S * rateHz);
  for (let start = 0; start < frames; start += chunkFrames) {
    const length = Math.min(chunkFrames, frames - start);
    const endS = (start + length) / rateHz;
    while (!next.done && next.value.timeS < endS + BEFORE_R_S) {
      const beat = next.value;
      const breath = Math.sin(2 * Math.PI * 0.25 * beat.timeS);
      active.push({ beat, scale: 1 + BREATHING_SHARE * breath + 0.015 * random.normal() });
      const sample = Math.round(beat.timeS * rateHz);
      // Nobody annotates what was not recorded.
      const seen = sample < frames && !gaps.some((g) => isWithin(g, beat.timeS));
      if (beat.symbol && seen) {
        if (beat.rhythm !== rhythm) {
          rhythm = beat.rhythm;
          annotations.push(annotation(Math.max(0, sample - Math.round(0.2 * rateHz)), '+', rhythm));
        }
        annotations.push(annotation(sample, beat.symbol));
      }
      next = plan.next();
    }
    const interleaved = new Float64Array(length * leads);
    for (let lead = 0; lead < leads; lead++) {
      const mv = new Float64Array(length);
      for (const { beat, scale } of active) addBeat(mv, start, rateHz, lead, beat, scale);
      addFibrillation(mv, start, rateHz, lead, scenario);
      noises[lead]!(mv, start);
      for (let i = 0; i < length; i++) interleaved[i * leads + lead] = mv[i]! * GAIN_ADU_PER_MV;
    }
    for (const gap of gaps) {
      const from = Math.max(0, Math.round(gap.startS * rateHz) - start);
      const to = Math.min(length, Math.round(gap.endS * rateHz) - start);
      if (to > from) interleaved.fill(NaN, from * leads, to * leads);
    }
    await writer.write(interleaved);
    while (active.length > 0 && active[0]!.beat.timeS + AFTER_R_S < endS) active.shift();
  }
  await writer.finish();
  annotations.sort((a, b) => a.sample - b.sample);
  await writeFile(path.join(dir, `${name}.atr`), writeAnnotations(annotations));
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

function addBeat(
  mv: Float64Array,
  startSample: number,
  rateHz: number,
  lead: number,
  beat: PlannedBeat,
  scale: number,
): void {
  const shape = SHAPES[beat.form ?? 'normal'][LEAD_NAMES[lead]!];
  const add = (waves: readonly Wave[], factor: number, stretch: number, shiftMs: number): void => {
    for (const [heightMv, centreMs, widthMs] of waves) {
      const centre = (beat.timeS + (centreMs * stretch + shiftMs) / 1000) * rateHz - startSample;
      const width = ((widthMs * stretch) / 1000) * rateHz;
      const from = Math.max(0, Math.ceil(centre - REACH * width));
      const to = Math.min(mv.length - 1, Math.floor(centre + REACH * width));
      for (let i = from; i <= to; i++) {
        const d = (i - centre) / width;
        mv[i]! += factor * heightMv * Math.exp(-0.5 * d * d);
      }
    }
  };
  if (beat.atrialScale > 0) add(shape.atrial, scale * beat.atrialScale, 1, beat.atrialShiftMs);
  if (beat.form === null) return;
  add(shape.ventricular, scale, 1, 0);
  // QT shortens with the root of the RR interval (Bazett; ECGSYN scales its angles so as well).
  add(shape.repolarisation, scale, Math.sqrt(Math.min(1.2, Math.max(0.45, beat.adaptedRrS))), 0);
}
