import type { Settings } from '../../shared/contract';
import { SWEEP_SPEEDS_MM_PER_S } from '../../shared/contract/settings-choices';

/** CSS defines one inch as 96 px and 25.4 mm (CSS Values and Units 4, section 6.2). */
export const DEFAULT_PX_PER_MM = 96 / 25.4;

/** Long edge of an ID-1 card, every bank card: 85.60 mm (ISO/IEC 7810). */
export const BANK_CARD_WIDTH_MM = 85.6;
/** Short edge of an ID-1 card: 53.98 mm (ISO/IEC 7810). */
export const BANK_CARD_HEIGHT_MM = 53.98;

/** Calibrations outside this range are slips of the hand, not displays (about 50 to 400 px per inch). */
export const PX_PER_MM_RANGE = { min: 2, max: 16 } as const;

/** CSS px per mm from the width in CSS px at which the drawn card covers a real one. */
export function pxPerMmFromCard(cardWidthPx: number): number {
  return Math.min(
    PX_PER_MM_RANGE.max,
    Math.max(PX_PER_MM_RANGE.min, cardWidthPx / BANK_CARD_WIDTH_MM),
  );
}

/**
 * Name under which a display's calibration is kept. A browser cannot see which monitor it is on, so size and
 * pixel ratio stand for it; two equal monitors share one calibration.
 * @param devicePixelRatio of the display itself, without the page's zoom
 */
export function displayKey(
  screen: { width: number; height: number },
  devicePixelRatio: number,
): string {
  // A ratio that zoom was taken out of comes back only roughly.
  return `${screen.width}x${screen.height}@${Number(devicePixelRatio.toFixed(2))}`;
}

/** Seconds of a segment, and how many of them have to be in sight for it to be decided at the speed that was chosen. */
const SEGMENT_S = 10;
const LEAST_IN_SIGHT_S = 8;

/**
 * The fastest speed at which a whole segment is in sight, where at the chosen one much of it would not be; the slowest
 * where it fits at none.
 * @param widthPx width of the paper, CSS px
 */
export function fittingSpeed(
  chosen: Settings['sweepSpeedMmPerS'],
  pxPerMm: number,
  widthPx: number,
): Settings['sweepSpeedMmPerS'] {
  const spanS = (speed: number): number => widthPx / (pxPerMm * speed);
  if (spanS(chosen) >= LEAST_IN_SIGHT_S) return chosen;
  const fitting = SWEEP_SPEEDS_MM_PER_S.filter((speed) => spanS(speed) >= SEGMENT_S);
  return fitting.at(-1) ?? SWEEP_SPEEDS_MM_PER_S[0];
}

/** Paper scale on this screen, all in CSS px. */
export interface PaperScale {
  readonly pxPerMm: number;
  readonly pxPerS: number;
  readonly pxPerMv: number;
}

/** 25 mm/s and 10 mm/mV are the usual chart settings (AHA/ACC/HRS 2007, part I). */
export function paperScale(
  pxPerMm: number,
  sweepSpeedMmPerS: number,
  gainMmPerMv: number,
): PaperScale {
  return { pxPerMm, pxPerS: pxPerMm * sweepSpeedMmPerS, pxPerMv: pxPerMm * gainMmPerMv };
}
