/**
 * A second reader of MIT-format annotation files, for tests: written from the format's description alone (WFDB
 * Applications Guide, annot(5): "MIT format"; codes from ecgcodes.h) and sharing nothing with src/core/formats/wfdb.
 */
export interface ReadAnnotation {
  readonly sample: number;
  readonly symbol: string;
  /** Bytes of the aux field, as they are. */
  readonly aux: Buffer;
}

const SYMBOLS = ' NLRaVFJASEj/Q~ | sT*D"=pB^t+u?![]en@xf()r';
const [SKIP, NUM, SUB, CHN, AUX] = [59, 60, 61, 62, 63];

export function readMitAnnotations(file: Buffer): ReadAnnotation[] {
  const found: { sample: number; symbol: string; aux: Buffer }[] = [];
  let sample = 0;
  for (let at = 0; at + 1 < file.length;) {
    const word = file.readUInt16LE(at);
    const code = word >> 10;
    const low = word & 0x3ff;
    at += 2;
    if (word === 0) return found;
    if (code === SKIP) {
      // A PDP-11 long: the high half comes first, each half little-endian.
      sample += (file.readInt16LE(at) << 16) + file.readUInt16LE(at + 2);
      at += 4;
    } else if (code === AUX) {
      found.at(-1)!.aux = file.subarray(at, at + low);
      at += low + (low % 2);
    } else if (code !== NUM && code !== SUB && code !== CHN) {
      sample += low;
      found.push({ sample, symbol: SYMBOLS[code]!, aux: Buffer.alloc(0) });
    }
  }
  throw new Error('The file ends without its end mark.');
}
