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
 * Mnemonics that the file defines for codes that have none of their own: code and symbol of each
 * `15 c calibration pulse`.
 */
export function definedSymbols(notes: readonly string[]): Map<number, string> {
  const symbols = new Map<number, string>();
  for (const note of notes) {
    const match = /^(\d{1,2})\s+(\S+)\s/.exec(note);
    const code = Number(match?.[1]);
    if (match && code > 0 && code <= LAST_CODE && !hasMnemonic(code)) symbols.set(code, match[2]!);
  }
  return symbols;
}
