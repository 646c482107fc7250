/** Mnemonics of beats, and of what lies between them but for those that are words elsewhere. */
const MARKS = new Set('NLRBejnAaJSVErF/fQ?~|[]!()^=*xptu');
const RHYTHM = /^\((AB|AFIB|AFL|B|BII|IVR|N|NOD|P|PREX|SBR|SVTA|T|VFL|VT)$/;

/** A note in words as an annotation has it: mnemonic and free text. */
export interface TextAnnotation {
  readonly symbol: string;
  readonly aux: string;
}

/**
 * What a text annotation of a format without mnemonics is: a beat or a mark where it is the mnemonic of
 * one (annot(5)) and says so of a moment, a rhythm where it is written as MIT-BIH writes rhythms, else a note. `R` that lasts 30 s is a stage
 * of sleep.
 */
export function textAnnotation(text: string, durationS: number): TextAnnotation {
  if (durationS === 0 && MARKS.has(text)) return { symbol: text, aux: '' };
  if (RHYTHM.test(text)) return { symbol: '+', aux: text };
  return { symbol: '"', aux: text };
}
