/** Portrait sizes in millimetres. */
export const PAPER_MM = {
  A4: { width: 210, height: 297 },
  Letter: { width: 215.9, height: 279.4 },
};
export const MARGIN_MM = 12;
/** Left of the trace: names of leads and calibration pulses, never on the trace. */
export const GUTTER_MM = 9;

/** Room for the trace of a strip on a page of this width, in whole millimetres. */
export function traceWidthMm(pageMm: number): number {
  return Math.floor(pageMm - 2 * MARGIN_MM - GUTTER_MM);
}
