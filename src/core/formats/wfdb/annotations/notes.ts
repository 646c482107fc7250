import { hasMnemonic, LAST_CODE } from './codes';

/**
 * Comment annotations at sample 0 do not mark the recording: they carry what the file says of itself, such as
 * its time resolution, mnemonics of its own, and the program that wrote it (annot(5), wfdbinit).
 */

const RESOLUTION = /^## time resolution: (\d+(?:\.\d+)?)/;
/** Samples per second that the file states for its own times, or null. */
export function statedResolutionHz(notes: readonly string[]): number | null {
  for (const note of notes) {
    const rate = Number(RESOLUTION.exec(note)?.[1]);
    if (rate > 0) return rate;
  }
  return null;
}

export function resolutionNote(rateHz: number): string {
  return `## time resolution: ${rateHz}`;
}

/**
 * Mnemonics that the file defines, as WFDB's own tools take them: every `15 c calibration pulse` for a code that has
 * none, and inside a block of definitions (`## annotation type definitions`) for any code.
 */
export function definedSymbols(notes: readonly string[]): Map<number, string> {
  const symbols = new Map<number, string>();
  let inBlock = false;
  for (const note of notes) {
    if (/^## annotation type definitions/.test(note)) inBlock = true;
    else if (/^## end of definitions/.test(note)) inBlock = false;
    const match = /^(\d{1,2})\s+(\S+)(\s|$)/.exec(note);
    const code = Number(match?.[1]);
    if (match && code > 0 && code <= LAST_CODE && (inBlock || !hasMnemonic(code))) {
      symbols.set(code, match[2]!);
    }
  }
  return symbols;
}
