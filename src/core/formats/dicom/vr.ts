export const UNDEFINED_LENGTH = 0xffffffff;

/** Value representations whose length has four bytes after two empty ones (PS3.5, table 7.1-1). */
export const LONG_VRS: ReadonlySet<string> = new Set(
  'OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' '),
);

/** How a data set is written (PS3.5, sections 7.1 and 10). */
export interface Encoding {
  /** Whether elements say their value representation. */
  readonly explicit: boolean;
  readonly bigEndian: boolean;
}
