import type { RecordedAnnotations } from '../open-recording';
import { writeAnnotations } from './annotations';
import { annotationCode } from './annotations/codes';

/**
 * Annotations of any format as a file of MIT format (annot(5)): a mnemonic that WFDB does not have, or has with
 * another meaning, becomes a note.
 * @param rateHz of the fastest lead, in which times are counted
 * @param frameRateHz of the record, which a file states its own resolution beside
 */
export function writableAnnotations(
  { timeS, symbol, aux, num = [], subtype = [], chan = [], ownSymbols = [] }: RecordedAnnotations,
  rateHz: number,
  frameRateHz: number,
): { bytes: Uint8Array; leftOut: number } {
  const rows = symbol.map((own, k) => {
    const known = annotationCode(own) !== null && !ownSymbols.includes(own);
    return {
      sample: Math.round(timeS[k]! * rateHz),
      symbol: known ? own : '"',
      subtype: subtype[k] ?? 0,
      chan: chan[k] ?? 0,
      num: num[k] ?? 0,
      aux: known ? aux[k]! : [own, aux[k]!].filter((text) => text !== '').join(' '),
    };
  });
  const inside = rows.filter(({ sample }) => sample >= 0);
  // Without a subtype a note on the first sample would describe the file and not the recording.
  const placed = inside.map((row) =>
    row.symbol === '"' && row.sample === 0 && row.subtype === 0 ? { ...row, subtype: 1 } : row,
  );
  placed.sort((a, b) => a.sample - b.sample);
  const timeResolutionHz = rateHz === frameRateHz ? null : rateHz;
  return {
    bytes: writeAnnotations(placed, { timeResolutionHz }),
    leftOut: rows.length - inside.length,
  };
}
