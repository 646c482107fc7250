import path from 'node:path';
import type { RecordedAnnotations } from '../open-recording';
import { annotationColumns, type AnnotationRow } from '../shared/annotation-columns';
import { readWhole } from '../shared/read-whole';

/** As rdann prints them: time, sample number, mnemonic, three numbers, a tab and free text. */
const HEADER = /^\s*Time\s+Sample #\s+Type\s+Sub\s+Chan\s+Num/;
const ROW = /^\s*\[?[\d:./ ]+\]?\s+(\d+)\s+(\S+)\s+-?\d+\s+-?\d+\s+-?\d+(?:\s(.*))?$/;

const MAX_BYTES = 32 * 2 ** 20;

/**
 * Annotations in text beside a table of samples, `100_annotations.txt` or `100annotations.txt` beside `100.csv`.
 * @returns null where no such file is there or it is something else
 */
export async function annotationsBeside(
  file: string,
  samplingRateHz: number,
): Promise<{ file: string; annotations: RecordedAnnotations } | null> {
  const { dir, name } = path.parse(file);
  for (const ending of ['_annotations.txt', 'annotations.txt']) {
    const beside = path.join(dir, `${name}${ending}`);
    const text = await readWhole(beside, MAX_BYTES);
    if (!text.ok) continue;
    const lines = text.value.toString('latin1').split(/\r?\n/);
    if (!HEADER.test(lines[0] ?? '')) continue;
    const rows = lines.slice(1).flatMap((line): AnnotationRow[] => {
      const match = ROW.exec(line);
      if (!match) return [];
      const aux = match[3]?.trim() ?? '';
      return [{ timeS: Number(match[1]) / samplingRateHz, symbol: match[2]!, aux }];
    });
    return { file: beside, annotations: annotationColumns('annotations', rows) };
  }
  return null;
}
