import type { BeatShapes } from './beat-shapes';
import { MISSING_UV } from '../../../shared/domain';

/**
 * Shapes of some beats as they are drawn, in whole microvolts, [beats, leads, samples].
 * @param beats indices into `shapes`; one below 0 has no shape
 */
export function shapesInUv(
  { leads, samples, steps, stepMv }: BeatShapes,
  beats: ArrayLike<number>,
): Int16Array<ArrayBuffer> {
  const size = leads * samples;
  const out = new Int16Array(beats.length * size).fill(MISSING_UV);
  for (let i = 0; i < beats.length; i++) {
    const beat = beats[i]!;
    if (beat < 0) continue;
    for (let lead = 0; lead < leads; lead++) {
      const stepUv = 1000 * stepMv[beat * leads + lead]!;
      if (stepUv === 0) continue;
      const from = (beat * leads + lead) * samples;
      const to = i * size + lead * samples;
      for (let k = 0; k < samples; k++) {
        out[to + k] = Math.max(-32767, Math.min(32767, Math.round(stepUv * steps[from + k]!)));
      }
    }
  }
  return out;
}
