import { MISSING_UV } from '../../../shared/domain';
import type { BeatShapes } from './beat-shapes';
import { evenly } from './evenly';
import { COMPARED, scaleToUnit } from './form-vectors';
import { dot } from './group-by-form';

/** Beats that a mean is taken over at most; more change nothing that can be seen. */
const MEAN_BEATS = 2000;

export interface FamilyMeans {
  /** In microvolts, [families, leads, samples]; missing in a lead that no member is seen in, and of no form. */
  readonly uv: Int16Array<ArrayBuffer>;
  /** Correlation of a beat of `shapes` with the mean of a family over the leads that it is seen in. */
  likeness(beat: number, family: number): number;
  /** Families whose means are most like that of one, the most alike first. */
  alike(family: number, most: number): { other: number; likeness: number }[];
}

/**
 * Means of families, each lead over the members that are seen in it.
 * @param programBeat index into `shapes` of each beat, -1 for one without a shape
 */
export function meansOfFamilies(
  shapes: BeatShapes,
  families: readonly { readonly members: readonly number[]; readonly alone: boolean }[],
  programBeat: Int32Array,
): FamilyMeans {
  const { leads, samples, steps, stepMv } = shapes;
  const size = leads * samples;
  const compared = leads * COMPARED.samples;
  const uv = new Int16Array(families.length * size).fill(MISSING_UV);
  const directions = families.map(() => new Float32Array(compared));
  families.forEach(({ members, alone }, family) => {
    if (alone) return;
    for (let lead = 0; lead < leads; lead++) {
      const sum = new Float64Array(samples);
      let count = 0;
      for (const i of evenly(members.length, MEAN_BEATS)) {
        const beat = programBeat[members[i]!]!;
        const step = beat < 0 ? 0 : stepMv[beat * leads + lead]!;
        if (step === 0) continue;
        count++;
        const from = (beat * leads + lead) * samples;
        for (let k = 0; k < samples; k++) sum[k]! += step * steps[from + k]!;
      }
      if (count === 0) continue;
      const at = family * size + lead * samples;
      for (let k = 0; k < samples; k++) uv[at + k] = Math.round((1000 * sum[k]!) / count);
      const part = sum.subarray(COMPARED.from, COMPARED.from + COMPARED.samples);
      const mean = part.reduce((total, value) => total + value, 0) / part.length;
      directions[family]!.set(
        part.map((value) => (value - mean) / count),
        lead * COMPARED.samples,
      );
    }
    scaleToUnit(directions[family]!, 0, compared);
  });

  return {
    uv,
    likeness(beat, family) {
      const own = directions[family]!;
      let [cross, energy, ownEnergy] = [0, 0, 0];
      for (let lead = 0; lead < leads; lead++) {
        if (stepMv[beat * leads + lead] === 0) continue;
        const step = stepMv[beat * leads + lead]!;
        const from = (beat * leads + lead) * samples + COMPARED.from;
        let mean = 0;
        for (let k = 0; k < COMPARED.samples; k++) mean += steps[from + k]!;
        mean /= COMPARED.samples;
        for (let k = 0; k < COMPARED.samples; k++) {
          const value = step * (steps[from + k]! - mean);
          const form = own[lead * COMPARED.samples + k]!;
          cross += value * form;
          energy += value * value;
          ownEnergy += form * form;
        }
      }
      return energy > 0 && ownEnergy > 0 ? cross / Math.sqrt(energy * ownEnergy) : 0;
    },
    alike(family, most) {
      if (families[family]!.alone) return [];
      return families
        .map((_, other) => ({ other, likeness: dot(directions[family]!, directions[other]!) }))
        .filter(({ other }) => other !== family && !families[other]!.alone)
        .sort((a, b) => b.likeness - a.likeness)
        .slice(0, most)
        .map(({ other, likeness }) => ({ other, likeness: Math.min(1, Math.max(-1, likeness)) }));
    },
  };
}
