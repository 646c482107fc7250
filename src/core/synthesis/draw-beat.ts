import { LEAD_NAMES, SHAPES, type Wave } from './beat-shapes';
import type { PlannedBeat } from './beat-plan';

/** A beat reaches from before its P wave to the end of its T wave. */
export const BEFORE_R_S = 0.35;
export const AFTER_R_S = 0.85;
/** Where a Gaussian is drawn, in standard deviations: beyond it is below a hundredth of an ADU. */
const REACH = 4.5;

/** A beat and the factor of its amplitude. */
export interface DrawnBeat {
  readonly beat: PlannedBeat;
  readonly scale: number;
}

/** Adds the part of a beat that falls into a chunk of one lead. */
export function addBeat(
  mv: Float64Array,
  startSample: number,
  rateHz: number,
  lead: number,
  { beat, scale }: DrawnBeat,
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
