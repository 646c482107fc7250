/**
 * Mnemonics by annotation code, from ecgcodes.h of the WFDB library (annot(5)). Codes without one are written
 * `[15]`, as the library does.
 */
const MNEMONICS: readonly (readonly [number, string])[] = [
  [1, 'N'],
  [2, 'L'],
  [3, 'R'],
  [4, 'a'],
  [5, 'V'],
  [6, 'F'],
  [7, 'J'],
  [8, 'A'],
  [9, 'S'],
  [10, 'E'],
  [11, 'j'],
  [12, '/'],
  [13, 'Q'],
  [14, '~'],
  [16, '|'],
  [18, 's'],
  [19, 'T'],
  [20, '*'],
  [21, 'D'],
  [22, '"'],
  [23, '='],
  [24, 'p'],
  [25, 'B'],
  [26, '^'],
  [27, 't'],
  [28, '+'],
  [29, 'u'],
  [30, '?'],
  [31, '!'],
  [32, '['],
  [33, ']'],
  [34, 'e'],
  [35, 'n'],
  [36, '@'],
  [37, 'x'],
  [38, 'f'],
  [39, '('],
  [40, ')'],
  [41, 'r'],
];

/** Codes with a meaning in the file format itself. */
export const SKIP = 59;
export const NUM = 60;
export const SUB = 61;
export const CHN = 62;
export const AUX = 63;
/** The comment annotation, which also carries what a file says about itself. */
export const NOTE = 22;
/** The largest code that can stand for an annotation. */
export const LAST_CODE = 49;

const symbols = new Map(MNEMONICS);
const codes = new Map(MNEMONICS.map(([code, symbol]) => [symbol, code]));

export function hasMnemonic(code: number): boolean {
  return symbols.has(code);
}

export function symbolOf(code: number): string {
  return symbols.get(code) ?? `[${code}]`;
}

/** The code of a mnemonic, or null when it has none. */
export function annotationCode(symbol: string): number | null {
  const numbered = Number(/^\[(\d{1,2})\]$/.exec(symbol)?.[1]);
  return codes.get(symbol) ?? (numbered >= 1 && numbered < SKIP ? numbered : null);
}
