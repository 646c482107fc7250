import path from 'node:path';
import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid } from '../../../shared/domain/said';
import type { FilePool } from '../wfdb/file-pool';
import type { RecordedAnnotations } from '../open-recording';
import { ANNOTATION_MAGIC, FIXED_HEADER_BYTES, ishneMagic, parseIshneHeader } from './header';

/** Name under which the beats of a `.ann` file are asked for. */
export const ISHNE_ANNOTATOR = 'ann';

/** Four bytes a beat: more than a month of them. */
const MAX_FILE_BYTES = 16 * 2 ** 20;

/**
 * WFDB's mnemonic of each label (ishneAnn.pdf of the THEW project: N normal, V premature ventricular, S premature or
 * ectopic supraventricular, B bundle branch block, E escape, P paced, U unclassifiable, X artefact, C calibration).
 */
const SYMBOLS: Readonly<Record<string, string>> = {
  N: 'N',
  V: 'V',
  S: 'S',
  B: 'B',
  E: 'E',
  P: '/',
  U: 'Q',
  X: '|',
};

/** `[!, 65535]`: the next beat is farther away than the field can say. */
const TIMEOUT = '!';

/**
 * The beats of an ISHNE annotation file: first sample as uint32, then label, label of the writer, and the distance
 * from the beat before as uint16.
 * @param rateHz of the recording; the file's own where it states one
 */
export async function readIshneAnnotations(
  file: string,
  rateHz: number,
  pool: FilePool,
): Promise<Result<RecordedAnnotations>> {
  const fileName = path.basename(file);
  const size = await pool.size(file);
  if (!size.ok) return size;
  if (size.value > MAX_FILE_BYTES) {
    return errSaid('too-large', 'files.ishneAnnotationsTooLarge', { file: fileName });
  }
  const read = await pool.read(file, 0, size.value);
  if (!read.ok) return read;
  const bytes = Buffer.from(read.value.buffer, read.value.byteOffset, read.value.length);
  if (ishneMagic(bytes) !== ANNOTATION_MAGIC || bytes.length < FIXED_HEADER_BYTES + 4) {
    return errSaid('bad-annotation', 'files.ishneAnnotationsNone', { file: fileName });
  }
  const header = parseIshneHeader(bytes);
  // The field for the offset of the data is wrong in real files.
  const start = FIXED_HEADER_BYTES + header.variableBytes;
  if (header.variableBytes < 0 || start + 4 > bytes.length) {
    return errSaid('bad-annotation', 'files.ishneAnnotationsBlock', {
      file: fileName,
      value: header.variableBytes,
      bytes: bytes.length,
    });
  }
  return ok(
    parseBeats(bytes, start, header.samplingRateHz > 0 ? header.samplingRateHz : rateHz, fileName),
  );
}

function parseBeats(
  bytes: Buffer,
  start: number,
  rateHz: number,
  fileName: string,
): RecordedAnnotations {
  const timeS: number[] = [];
  const symbol: string[] = [];
  const aux: string[] = [];
  const warnings: Warning[] = [];
  let sample = bytes.readUInt32LE(start);
  for (let at = start + 4; at + 4 <= bytes.length; at += 4) {
    const label = String.fromCharCode(bytes[at]!);
    if (label === TIMEOUT) {
      const lastS = (sample / rateHz).toFixed(1);
      warnings.push(warningSaid('timeout', 'warnings.ishneTimeout', { file: fileName, lastS }));
      break;
    }
    // Unsigned: a distance may be up to 65,535 samples.
    sample += bytes.readUInt16LE(at + 2);
    const known = SYMBOLS[label];
    timeS.push(sample / rateHz);
    symbol.push(known ?? '"');
    aux.push(known ? '' : label === 'C' ? 'calibration' : `label ${label}`);
  }
  return { annotator: ISHNE_ANNOTATOR, timeS: Float64Array.from(timeS), symbol, aux, warnings };
}
