import { appendFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { err, ok, type Failure, type Result } from '../../shared/domain';
import { placesApart } from '../recordings/places-apart';
import { writeFailure } from '../base/file-failure';
import { makeFolder } from '../base/make-folder';
import type { SegmentLabels } from '../evaluation/labels';
import {
  readReferenceRecord,
  type ReferenceRecord,
  type SegmentSource,
} from '../evaluation/reference-record';

/** Input of `attention-cnn`; training writes it into the card. */
const SEGMENT_SOURCE: SegmentSource = {
  samplingRateHz: 360,
  windowSamples: 3600,
  hopSamples: 1800,
  filter: { lowHz: 0.5, highHz: 50, order: 5 },
  leads: { min: 1, max: 1, preferred: ['MLII', 'II'] },
};

const SEGMENTS_FORMAT = 'fiducial-segments-1';

/** A row of `index.json`; row i describes samples [i * windowSamples, (i + 1) * windowSamples) of `segments.f32`. */
export interface PreparedSegment {
  readonly record: string;
  readonly patient: string;
  readonly lead: string;
  readonly startS: number;
  /** null where the segment has no beat annotation. */
  readonly labels: SegmentLabels | null;
  /** Why it cannot be judged (its samples are then zeros), or null. */
  readonly unreadable: string | null;
}

export interface PrepareOptions {
  readonly paths: readonly string[];
  readonly outDir: string;
  readonly source?: SegmentSource;
  readonly annotator?: string;
  /** Called after each record: how many are done, and what was wrong with the last one, if anything. */
  readonly onRecord?: (done: number, record: string, problem: Failure | null) => void;
  readonly signal?: AbortSignal;
}

export interface Prepared {
  readonly segments: readonly PreparedSegment[];
  readonly problems: readonly Failure[];
}

/**
 * Writes the training tensors of a database, float32 little-endian [n, windowSamples]: `segments.f32`, and
 * `other-leads.f32` with the same windows of each record's next lead, to vary training by; and `index.json`.
 * They appear under their names only once all are complete. A record that cannot be read is left out and told of.
 */
export async function prepareSegments(options: PrepareOptions): Promise<Result<Prepared>> {
  const { paths, outDir, source = SEGMENT_SOURCE, annotator = 'atr', signal } = options;
  const outputs = ['segments.f32', 'other-leads.f32', 'index.json'].map((name) =>
    join(outDir, name),
  );
  const [samplesTmp, otherTmp, indexTmp] = outputs.map((path) => `${path}.tmp`) as [
    string,
    string,
    string,
  ];
  const rows: PreparedSegment[] = [];
  // Recordings of one name in several folders are several people's.
  const placeOf = placesApart(paths);
  const problems: Failure[] = [];
  try {
    await makeFolder(outDir);
    await writeFile(samplesTmp, '');
    await writeFile(otherTmp, '');
    for (const [i, path] of paths.entries()) {
      if (signal?.aborted) return err('cancelled', 'Preparing was cancelled.');
      const read = await readReferenceRecord(path, source, annotator, signal);
      if (read.ok) {
        rows.push(...rowsOf(read.value, placeOf(path)));
        await appendFile(samplesTmp, littleEndian(read.value.samples));
        await appendFile(otherTmp, littleEndian(read.value.otherLead));
      } else if (read.error.code === 'cancelled') return read;
      else problems.push(read.error);
      options.onRecord?.(i + 1, basename(path, '.hea'), read.ok ? null : read.error);
    }
    if (rows.length === 0) return { ok: false, error: problems[0]! };
    const { leads, ...window } = source;
    const index = { format: SEGMENTS_FORMAT, ...window, leads: leads.preferred, segments: rows };
    await writeFile(indexTmp, JSON.stringify(index));
    for (const path of outputs) await rename(`${path}.tmp`, path);
    return ok({ segments: rows, problems });
  } catch (cause) {
    return writeFailure(outDir, cause);
  } finally {
    for (const path of outputs) await rm(`${path}.tmp`, { force: true }).catch(() => undefined);
  }
}

function rowsOf(record: ReferenceRecord, place: string): PreparedSegment[] {
  const apart = (name: string): string => (place === '' ? name : `${place}/${name}`);
  return record.segments.map(({ startS, labels, unreadable }) => ({
    record: apart(record.record),
    patient: apart(record.patient),
    lead: record.leadName,
    startS,
    labels,
    unreadable,
  }));
}

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i]!, true);
  return bytes;
}
