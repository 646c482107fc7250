import type { RecordedAnnotations } from '../open-recording';
import { annotationColumns } from '../shared/annotation-columns';
import { countOf, type Variables } from './values';
import { warningSaid } from '../../../shared/domain/said';

/** More annotations than any recording has. */
const MOST = 10_000_000;

/**
 * Annotations as ecg-kit keeps them: a structure `ann` with `time` in samples from 1 and `anntyp`, one mnemonic each.
 * @returns null where there are none
 */
export async function annotationsOf(
  variables: Variables,
  samplingRateHz: number,
  durationS: number,
): Promise<RecordedAnnotations | null> {
  const annotations = variables.get('ann');
  const fields = annotations?.kind === 'struct' ? annotations.fields : null;
  const time = fields?.get('time');
  if (time?.kind !== 'numbers') return null;
  const count = Math.min(MOST, countOf(time));
  const bytes = await time.source.read(time.byteOffset, count * time.code.bytes);
  if (!bytes.ok) return null;
  const view = new DataView(bytes.value.buffer, bytes.value.byteOffset, bytes.value.byteLength);
  const types = fields?.get('anntyp');
  const symbols = types?.kind === 'text' ? symbolsOf(types.rows, count) : [];
  const rows = Array.from({ length: count }, (_, k) => ({
    timeS: Math.max(0, time.code.read(view, k * time.code.bytes) - 1) / samplingRateHz,
    symbol: symbols[k] || 'N',
  }));
  const within = rows.filter(({ timeS }) => timeS <= durationS);
  const columns = annotationColumns('ann', within);
  if (within.length === count) return columns;
  const counts = { beyond: count - within.length, count };
  return { ...columns, warnings: [warningSaid('beyond-end', 'warnings.matBeyondEnd', counts)] };
}

/** A column of characters, or all of them in one row. */
function symbolsOf(rows: readonly string[], count: number): readonly string[] {
  return rows.length === 1 && count > 1 ? [...rows[0]!] : rows;
}
