import { appendFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { err, ok, type Failure, type Result } from '../../shared/domain';
import { beatLeads } from '../analysis/beat-model/beat-leads';
import { writeFailure } from '../base/file-failure';
import { makeFolder } from '../base/make-folder';
import { STRIP_RATE_HZ } from '../beats/features';
import type { PrepareBeatsOptions } from './beat-prepare';
import { openWithTruth, type Known } from './set-truth';
import { STRIP_SCALE, stripPieces } from './strip-pieces';

const STRIPS_FORMAT = 'fiducial-strips-1';

/** A row of `index.json`: one lead of one strip; its samples follow those of the row before it in `strips.i16`. */
export interface PreparedStrip {
  readonly record: string;
  readonly patient: string;
  readonly database: string;
  readonly lead: number;
  readonly startS: number;
  readonly samples: number;
  /** -1 where the set does not say. */
  readonly fibrillation: Known;
  readonly sinus: Known;
}

export interface PreparedStrips {
  readonly strips: readonly PreparedStrip[];
  readonly problems: readonly Failure[];
}

/**
 * Writes what the network of strips is trained on: `strips.i16`, one lead of one strip after the other as `stripSignal`
 * makes it, 16-bit little-endian, and `index.json`. They appear under their names only once all is complete; a record that
 * cannot be used is left out and told of.
 */
export async function prepareStrips(options: PrepareBeatsOptions): Promise<Result<PreparedStrips>> {
  const { paths, outDir, signal } = options;
  const [samples, index] = ['strips.i16', 'index.json'].map((name) => join(outDir, name)) as [
    string,
    string,
  ];
  const strips: PreparedStrip[] = [];
  const problems: Failure[] = [];
  try {
    await makeFolder(outDir);
    await writeFile(`${samples}.tmp`, '');
    for (const [i, path] of paths.entries()) {
      if (signal?.aborted) return err('cancelled', 'Preparing was cancelled.');
      const read = await stripsOf(path, options);
      if (read.ok) {
        strips.push(...read.value.rows);
        await appendFile(`${samples}.tmp`, read.value.bytes);
      } else problems.push(read.error);
      options.onRecord?.(i + 1, basename(path, '.hea'), read.ok ? null : read.error);
    }
    if (strips.length === 0) {
      return problems[0]
        ? { ok: false, error: problems[0] }
        : err('not-found', 'There is no strip of a known rhythm to prepare.');
    }
    const said = { format: STRIPS_FORMAT, rateHz: STRIP_RATE_HZ, scale: STRIP_SCALE, strips };
    await writeFile(`${index}.tmp`, JSON.stringify(said));
    await rm(index, { force: true });
    for (const path of [samples, index]) await rename(`${path}.tmp`, path);
    return ok({ strips, problems });
  } catch (cause) {
    return writeFailure(outDir, cause);
  } finally {
    for (const path of [samples, index])
      await rm(`${path}.tmp`, { force: true }).catch(() => undefined);
  }
}

async function stripsOf(
  path: string,
  { annotator = 'atr', leads: most = 2 }: PrepareBeatsOptions,
): Promise<Result<{ rows: PreparedStrip[]; bytes: Buffer }>> {
  const opened = await openWithTruth(path, annotator);
  if (!opened.ok) return opened;
  const truth = opened.value;
  const { recording, patient } = truth;
  try {
    const leads = beatLeads(recording, most, null);
    if (!leads.ok) return leads;
    const { rateHz } = leads.value[0]!;
    const raw: Float64Array[] = [];
    for (const lead of leads.value) {
      const samples = await lead.read(0, lead.length);
      if (!samples.ok) return samples;
      raw.push(samples.value);
    }
    const rows: PreparedStrip[] = [];
    const parts: Buffer[] = [];
    const database = basename(dirname(path));
    for (const { signal, ...said } of stripPieces(raw, rateHz, truth)) {
      rows.push({ record: recording.name, patient, database, ...said, samples: signal.length });
      parts.push(littleEndian(signal));
    }
    return ok({ rows, bytes: Buffer.concat(parts) });
  } finally {
    await recording.close();
  }
}

function littleEndian(values: Int16Array): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, i) => bytes.writeInt16LE(value, i * 2));
  return bytes;
}
