import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { err, ok, type Failure, type Result } from '../../shared/domain';
import { BEAT_FEATURE_VERSION, BEAT_WINDOW } from '../beats/features';
import { segmentGrid, segmentStartS } from '../dsp';
import { patientOf } from '../evaluation/databases';
import { labelWindows } from '../evaluation/labels';
import { openRecord, readAnnotations } from '../wfdb';
import { fibrillationSpans, labelBeats } from './beat-labels';
import { beatLeads } from './beat-leads';
import { writeNpy } from './beat-npy';
import { readBeatStretch } from './beat-stretch';

export const BEATS_FORMAT = 'fiducial-beats-1';
/** Samples at 128 Hz on each side of the windows: room for training to shift beats by 47 ms. */
export const TRAINING_MARGIN = 6;
/** Steps per unit of dominant QRS amplitude in `windows.npy`: 16-bit integers reach 16 units. */
const WINDOW_SCALE = 2048;
const WINDOW_S = 10;
const HOP_S = 5;

export interface PrepareBeatsOptions {
  readonly headerPaths: readonly string[];
  readonly outDir: string;
  readonly annotator?: string;
  /** Leads per record at most; training was done with 2. */
  readonly leads?: number;
  readonly onRecord?: (done: number, record: string, problem: Failure | null) => void;
  readonly signal?: AbortSignal;
}

interface PreparedRecord {
  readonly record: string;
  readonly patient: string;
  readonly database: string;
  readonly beats: number;
  readonly leads: number;
  readonly hasRhythm: boolean;
}

/**
 * Writes what the `beat-attention` model is trained on: for every record a folder with `windows.npy` (int16, unit
 * 1/2048 of the dominant QRS, [beats, leads, samples]), `dominant.npy`, `present.npy`, `rhythm.npy`, `time.npy`,
 * `labels.npy` (index into BEAT_CLASSES), `fibrillation.npy` (0 or 1 per beat) and `segments.npy` (start in
 * seconds, ectopy, review, fibrillation; 1 Abnormal; the plain grid without unlabelled segments), and one
 * `index.json`. R peaks are detected, as they will be on a recording without annotations.
 */
export async function prepareBeatTensors(
  options: PrepareBeatsOptions,
): Promise<Result<{ records: readonly string[]; problems: readonly Failure[] }>> {
  const { headerPaths, outDir, signal } = options;
  const rows: PreparedRecord[] = [];
  const problems: Failure[] = [];
  await mkdir(outDir, { recursive: true });
  for (const [i, headerPath] of headerPaths.entries()) {
    if (signal?.aborted) return err('cancelled', 'Preparing was cancelled.');
    const row = await prepareRecord(headerPath, options);
    if (row.ok) rows.push(row.value);
    else problems.push(row.error);
    options.onRecord?.(i + 1, basename(headerPath, '.hea'), row.ok ? null : row.error);
  }
  if (rows.length === 0 && problems.length > 0) return { ok: false, error: problems[0]! };
  const index = {
    format: BEATS_FORMAT,
    featureVersion: BEAT_FEATURE_VERSION,
    window: BEAT_WINDOW,
    marginSamples: TRAINING_MARGIN,
    windowScale: WINDOW_SCALE,
    records: rows,
  };
  const indexPath = join(outDir, 'index.json');
  await writeFile(`${indexPath}.tmp`, JSON.stringify(index, null, 1));
  await rename(`${indexPath}.tmp`, indexPath);
  return ok({ records: rows.map(({ record }) => record), problems });
}

async function prepareRecord(
  headerPath: string,
  { outDir, annotator = 'atr', leads: mostLeads = 2 }: PrepareBeatsOptions,
): Promise<Result<PreparedRecord>> {
  const stem = headerPath.slice(0, -extname(headerPath).length);
  const file = await readAnnotations(`${stem}.${annotator}`);
  if (!file.ok) return file;
  const opened = await openRecord(headerPath);
  if (!opened.ok) return opened;
  const reader = opened.value;
  try {
    const leads = beatLeads(reader, mostLeads, null);
    if (!leads.ok) return leads;
    const durationS = reader.frames / reader.frameRateHz;
    const stretch = await readBeatStretch(
      leads.value,
      { fromS: 0, toS: durationS },
      TRAINING_MARGIN,
    );
    if (!stretch.ok) return stretch;
    const { tokens } = stretch.value;
    const { timeS } = tokens;

    const { annotations } = file.value;
    const rateHz = file.value.timeResolutionHz ?? reader.frameRateHz;
    const spans = fibrillationSpans(annotations, rateHz);
    const grid = segmentGrid(durationS, WINDOW_S, HOP_S, 'plain');
    const starts = Array.from({ length: grid.count }, (_, i) => segmentStartS(grid, i));
    const labels = labelWindows(
      annotations,
      starts.map((startS) => Math.round(startS * rateHz)),
      Math.round(WINDOW_S * rateHz),
    );
    const segments = starts.flatMap((startS, i) => {
      const label = labels[i];
      if (!label) return [];
      const fibrillating = spans.reduce(
        (sum, span) =>
          sum + Math.max(0, Math.min(startS + WINDOW_S, span.endS) - Math.max(startS, span.startS)),
        0,
      );
      return [
        [
          startS,
          label.ectopy === 'Abnormal' ? 1 : 0,
          label.review === 'Abnormal' ? 1 : 0,
          fibrillating > WINDOW_S / 2 ? 1 : 0,
        ],
      ];
    });

    const folder = join(outDir, reader.name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    const n = timeS.length;
    const windows = Int16Array.from(tokens.windows, (value) =>
      Math.max(-32767, Math.min(32767, Math.round(value * WINDOW_SCALE))),
    );
    const inFibrillation = Uint8Array.from(timeS, (time) =>
      spans.some(({ startS, endS }) => time >= startS && time < endS) ? 1 : 0,
    );
    const { samples } = tokens;
    const path = (name: string): string => join(folder, `${name}.npy`);
    await writeNpy(path('windows'), windows, [n, tokens.leads, samples]);
    await writeNpy(path('dominant'), tokens.dominant, [tokens.leads, samples]);
    await writeNpy(path('present'), tokens.present, [n, tokens.leads]);
    await writeNpy(path('rhythm'), tokens.rhythm, [n, tokens.rhythm.length / Math.max(1, n)]);
    await writeNpy(path('time'), timeS, [n]);
    await writeNpy(path('labels'), labelBeats(timeS, annotations, rateHz), [n]);
    await writeNpy(path('fibrillation'), inFibrillation, [n]);
    await writeNpy(path('segments'), Float64Array.from(segments.flat()), [segments.length, 4]);
    return ok({
      record: reader.name,
      patient: patientOf(reader.name),
      database: basename(join(headerPath, '..')),
      beats: n,
      leads: tokens.leads,
      hasRhythm: annotations.some(({ symbol, aux }) => symbol === '+' && aux.startsWith('(')),
    });
  } finally {
    await reader.close();
  }
}
