/**
 * Comment annotations at sample 0 do not mark the recording: they carry what the file says of itself, such as
 * its time resolution, mnemonics of its own, and the program that wrote it (annot(5), wfdbinit).
 */

const RESOLUTION = /^## time resolution: (\d+(?:\.\d+)?)/;
const DEFINITIONS_START = '## annotation type definitions';
const DEFINITIONS_END = '## end of definitions';

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

/** Mnemonics that the file defines: code and symbol of each `15 c calibration pulse`. */
export function definedSymbols(notes: readonly string[]): Map<number, string> {
  const symbols = new Map<number, string>();
  let within = false;
  for (const note of notes) {
    if (note.startsWith(DEFINITIONS_START)) within = true;
    else if (note.startsWith(DEFINITIONS_END)) within = false;
    else if (within) {
      const match = /^(\d{1,2})\s+(\S+)/.exec(note);
      if (match) symbols.set(Number(match[1]), match[2]!);
    }
  }
  return symbols;
}
