/** QT corrected for the rate, ms: QT / RR^(1/2), RR in seconds (Bazett HC, Heart 1920; 7:353-370). */
export function qtcBazettMs(qtMs: number, rrMs: number): number {
  return qtMs / Math.sqrt(rrMs / 1000);
}

/** QT corrected for the rate, ms: QT / RR^(1/3), RR in seconds (Fridericia LS, Acta Med Scand 1920; 53:469-486). */
export function qtcFridericiaMs(qtMs: number, rrMs: number): number {
  return qtMs / Math.cbrt(rrMs / 1000);
}
