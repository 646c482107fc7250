import { ok, type Result, type Warning } from '../../../../shared/domain';
import { errSaid, toldBy, toldList, warningSaid } from '../../../../shared/domain/said';
import { decodeText } from '../../shared/decode-text';
import type { Annotation, AnnotationFile } from '../types';
import { AUX, CHN, hasMnemonic, NOTE, NUM, SKIP, SUB, symbolOf } from './codes';
import { definedSymbols, statedResolutionHz } from './notes';

/** Code of the warning that a file calls a beat other than the standard does. */
export const OWN_MNEMONICS = 'own-mnemonics';
const DAMAGED = 'damaged-annotations';

/**
 * Parses an annotation file in MIT format: 16-bit words of a 6-bit code and a 10-bit interval or value; see
 * annot(5) of the WFDB Applications Guide (https://physionet.org/physiotools/wag/annot-5.htm).
 * @param fileName name for messages
 * @returns the annotations in file order; damage after the first annotation is a warning
 */
export function parseAnnotations(bytes: Uint8Array, fileName: string): Result<AnnotationFile> {
  const warnings: Warning[] = [];
  const annotations: Annotation[] = [];
  const codes: number[] = [];
  const notes: string[] = [];
  let sample = 0;
  let chan = 0;
  let num = 0;
  let ended = false;
  let at = 0;

  const word = (position: number): number => bytes[position]! | (bytes[position + 1]! << 8);

  while (at + 1 < bytes.length) {
    // One annotation: SKIPs, its own word, then words that say more about it.
    while (at + 1 < bytes.length && word(at) >> 10 === SKIP) {
      if (at + 5 >= bytes.length) break;
      // The interval is a 32-bit number with its high half first.
      sample += (word(at + 2) << 16) | word(at + 4);
      at += 6;
    }
    if (at + 1 >= bytes.length || word(at) >> 10 === SKIP) {
      warnings.push(warningSaid(DAMAGED, 'warnings.annotationsInInterval', { file: fileName }));
      break;
    }
    const code = word(at) >> 10;
    const interval = word(at) & 0x3ff;
    at += 2;
    if (code === 0 && interval === 0) {
      ended = true;
      break;
    }
    if (code > SKIP) {
      const said = { file: fileName, at: at - 2 };
      warnings.push(warningSaid(DAMAGED, 'warnings.annotationsModifier', said));
      break;
    }
    sample += interval;

    let subtype = 0;
    let aux = '';
    while (at + 1 < bytes.length && word(at) >> 10 > SKIP) {
      const modifier = word(at) >> 10;
      const value = word(at) & 0xff;
      at += 2;
      if (modifier === NUM) num = (value << 24) >> 24;
      else if (modifier === SUB) subtype = (value << 24) >> 24;
      else if (modifier === CHN) chan = value;
      else if (modifier === AUX) {
        if (at + value > bytes.length)
          warnings.push(warningSaid(DAMAGED, 'warnings.annotationsInText', { file: fileName }));
        aux = decodeText(bytes.subarray(at, at + value)).replace(/\0+$/, '');
        at += value + (value % 2);
      }
    }

    // A note on the first sample that is about the recording has a subtype (`writableAnnotations`).
    if (code === NOTE && sample === 0 && subtype === 0) {
      notes.push(aux);
    } else if (code !== 0) {
      // Code 0 with an interval only moves the time.
      annotations.push({ sample, symbol: symbolOf(code), subtype, chan, num, aux });
      codes.push(code);
    }
  }

  if (!ended && warnings.length === 0)
    warnings.push(warningSaid(DAMAGED, 'warnings.annotationsNoEnd', { file: fileName }));
  if (ended && bytes.subarray(at).some((byte) => byte !== 0)) {
    const said = { file: fileName, at: at - 2, more: bytes.length - at };
    warnings.push(warningSaid(DAMAGED, 'warnings.annotationsGoOn', said));
  }
  if (annotations.length === 0 && !ended) {
    return errSaid('bad-annotation', 'files.noAnnotationFile', { file: fileName });
  }
  const defined = definedSymbols(notes);
  const renamed = [...defined].filter(([code, symbol]) => symbolOf(code) !== symbol);
  // One that the file does not use hides nothing.
  const standard = renamed.filter(([code]) => hasMnemonic(code) && codes.includes(code));
  if (standard.length > 0) {
    const list = toldList(
      standard.map(([code, own]) => toldBy('warnings.standsFor', { own, other: symbolOf(code) })),
    );
    warnings.push(warningSaid(OWN_MNEMONICS, 'warnings.ownMnemonics', { file: fileName, list }));
  }
  const named = annotations.map((annotation, k) => {
    const symbol = defined.get(codes[k]!);
    return symbol === undefined ? annotation : { ...annotation, symbol };
  });
  return ok({
    annotations: defined.size > 0 ? named : annotations,
    timeResolutionHz: statedResolutionHz(notes),
    notes,
    ownSymbols: renamed.map(([, symbol]) => symbol),
    warnings,
  });
}
