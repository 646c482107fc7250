/**
 * Names of ECG leads by their SCP-ECG number (EN 1064:2005, table of section 3). DICOM (context group 3001, scheme
 * SCPECG 5.6.3-9-n) and MDC (2:n) use the same numbers.
 */
const NAMES: readonly (readonly [number, string])[] = [
  [1, 'I'],
  [2, 'II'],
  [3, 'V1'],
  [4, 'V2'],
  [5, 'V3'],
  [6, 'V4'],
  [7, 'V5'],
  [8, 'V6'],
  [9, 'V7'],
  [10, 'V2R'],
  [11, 'V3R'],
  [12, 'V4R'],
  [13, 'V5R'],
  [14, 'V6R'],
  [15, 'V7R'],
  [16, 'X'],
  [17, 'Y'],
  [18, 'Z'],
  [61, 'III'],
  [62, 'aVR'],
  [63, 'aVL'],
  [64, 'aVF'],
  [66, 'V8'],
  [67, 'V9'],
];

const names = new Map(NAMES);
const codes = new Map(NAMES.map(([code, name]) => [name.toUpperCase(), code]));

/** @returns null for a number that is not in the table */
export function leadNameOf(code: number): string | null {
  return names.get(code) ?? null;
}

/**
 * The number of a lead by its bare name, in any case.
 * @returns null for a name that is not in the table
 */
export function leadCodeOf(name: string): number | null {
  return codes.get(name.trim().toUpperCase()) ?? null;
}

/**
 * The number of a lead by its code in ISO/IEEE 11073-10101: `2:n`, partition and number, or both as a whole,
 * 2 x 65,536 + n.
 * @returns null for a text that is neither
 */
export function leadCodeOfMdc(code: string): number | null {
  const pair = /^2:(\d{1,3})$/.exec(code);
  if (pair) return Number(pair[1]);
  const whole = /^\d{6}$/.test(code) ? Number(code) - 2 * 65_536 : 0;
  return whole > 0 && whole < 256 ? whole : null;
}
