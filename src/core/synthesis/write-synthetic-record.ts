import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeAnnotations } from '../formats/wfdb';
import { createRecordWriter } from '../formats/wfdb/write-record';
import { LEAD_NAMES } from './beat-shapes';
import { planBeats } from './beat-plan';
import { createNoise } from './disturbances';
import { addBeat, AFTER_R_S, BEFORE_R_S, type DrawnBeat } from './draw-beat';
import { addFibrillation } from './fibrillation';
import { createRandom } from './random';
import { randomScenario, type Scenario } from './scenario';
import { createTruth } from './truth';

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

  const truth = createTruth(scenario, { leads, rateHz, frames });
  const active: DrawnBeat[] = [];
  let next = plan.next();
  const chunkFrames = Math.round(CHUNK_S * rateHz);
  for (let start = 0; start < frames; start += chunkFrames) {
    const length = Math.min(chunkFrames, frames - start);
    const endS = (start + length) / rateHz;
    for (; !next.done && next.value.timeS < endS + BEFORE_R_S; next = plan.next()) {
      const beat = next.value;
      const breath = Math.sin(2 * Math.PI * 0.25 * beat.timeS);
      active.push({ beat, scale: 1 + BREATHING_SHARE * breath + 0.015 * random.normal() });
      truth.add(beat);
    }
    const interleaved = new Float64Array(length * leads);
    for (let lead = 0; lead < leads; lead++) {
      const mv = new Float64Array(length);
      for (const drawn of active) addBeat(mv, start, rateHz, lead, drawn);
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
  await writeFile(path.join(dir, `${name}.atr`), writeAnnotations(truth.annotations()));
}
