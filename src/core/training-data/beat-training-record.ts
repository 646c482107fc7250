import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BEAT_CLASSES, DISPLAY_BANDS, err, ok, type Result } from '../../shared/domain';
import { FLUTTER_LABEL } from '../evaluation/beat-labels';
import { beatLeads } from '../analysis/beat-model/beat-leads';
import { writeNpy } from './beat-npy';
import { truthOf } from './beat-truth';
import type { SegmentRow } from './set-truth';
import { openWithTruth } from './set-truth';
import { readBeatStretch } from '../analysis/beat-model/beat-stretch';

/** Samples at 128 Hz on each side of the windows: room for training to shift beats by 47 ms. */
export const TRAINING_MARGIN = 6;
/** Steps per unit of dominant QRS amplitude in `windows.npy`: 16-bit integers reach 16 units. */
export const WINDOW_SCALE = 2048;

/** A row of `index.json`. */
export interface BeatTrainingRecord {
  readonly record: string;
  readonly patient: string;
  readonly database: string;
  readonly beats: number;
  readonly leads: number;
  readonly hasRhythm: boolean;
  /** Only what readers decided is labelled. */
  readonly decided: boolean;
}

/** What a record has to learn from: beats by label, and labelled segments by kind. */
export interface BeatTrainingCounts {
  readonly record: string;
  readonly beats: number;
  readonly classes: Readonly<Record<string, number>>;
  readonly segments: number;
  readonly ectopy: number;
  readonly review: number;
  readonly fibrillation: number;
}

export interface BeatTrainingOptions {
  readonly annotator: string;
  /** Leads at most. */
  readonly leads: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes one record's folder of tensors into `outDir` (see `prepareBeatTensors`).
 * @throws what the system refuses in `outDir`
 * @returns the first failure of annotations, header, leads or signal; `cancelled`
 */
export async function writeBeatTrainingRecord(
  path: string,
  outDir: string,
  { annotator, leads: mostLeads, signal }: BeatTrainingOptions,
): Promise<Result<{ row: BeatTrainingRecord; counts: BeatTrainingCounts }>> {
  const opened = await openWithTruth(path, annotator);
  if (!opened.ok) return opened;
  const truth = opened.value;
  const { recording } = truth;
  try {
    const leads = beatLeads(recording, mostLeads, null);
    if (!leads.ok) return leads;
    const durationS = recording.durationS;
    const span = { fromS: 0, toS: durationS };
    const stretch = await readBeatStretch(leads.value, span, DISPLAY_BANDS.model.band, {
      marginSamples: TRAINING_MARGIN,
      async step() {
        // Lets Ctrl-C through.
        await new Promise((resolve) => setImmediate(resolve));
        return signal?.aborted ?? false;
      },
    });
    if (!stretch.ok) return stretch;
    const { tokens } = stretch.value;
    const { timeS, samples } = tokens;
    if (timeS.length === 0) return err('bad-signal', `${path}: no heartbeat was found.`);

    const { labels, fibrillation, segments } = truthOf(truth, tokens, durationS);
    const scaled = (values: Float32Array) =>
      Int16Array.from(values, (value) =>
        Math.max(-32767, Math.min(32767, Math.round(value * WINDOW_SCALE))),
      );
    const folder = join(outDir, recording.name);
    await mkdir(folder);
    const n = timeS.length;
    const tensor = (name: string): string => join(folder, `${name}.npy`);
    await writeNpy(tensor('windows'), scaled(tokens.windows), [n, tokens.leads, samples]);
    await writeNpy(tensor('dominant'), tokens.dominant, [tokens.leads, samples]);
    await writeNpy(tensor('present'), tokens.present, [n, tokens.leads]);
    await writeNpy(tensor('seen'), tokens.seen, [n]);
    const forms = tokens.formBeats.length;
    await writeNpy(tensor('forms'), Int16Array.from(tokens.forms), [n]);
    await writeNpy(tensor('form-means'), scaled(tokens.formMeans), [forms, tokens.leads, samples]);
    await writeNpy(tensor('rhythm'), tokens.rhythm, [n, tokens.rhythm.length / n]);
    await writeNpy(tensor('time'), timeS, [n]);
    await writeNpy(tensor('labels'), labels, [n]);
    await writeNpy(tensor('fibrillation'), fibrillation, [n]);
    await writeNpy(tensor('segments'), Float64Array.from(segments.flat()), [segments.length, 4]);
    return ok({
      row: {
        record: recording.name,
        patient: truth.patient,
        database: basename(dirname(path)),
        beats: n,
        leads: tokens.leads,
        hasRhythm: truth.knows.rhythm,
        decided: truth.decided !== null,
      },
      counts: countsOf(recording.name, labels, segments),
    });
  } finally {
    await recording.close();
  }
}

function countsOf(
  record: string,
  labels: Int8Array,
  segments: readonly SegmentRow[],
): BeatTrainingCounts {
  const count = (label: number): number => labels.filter((own) => own === label).length;
  const column = (at: 1 | 2 | 3): number => segments.filter((row) => row[at] === 1).length;
  return {
    record,
    beats: labels.length,
    classes: Object.fromEntries([
      ...BEAT_CLASSES.map((name, code) => [name, count(code)]),
      ['flutter', count(FLUTTER_LABEL)],
    ]) as Record<string, number>,
    segments: segments.length,
    ectopy: column(1),
    review: column(2),
    fibrillation: column(3),
  };
}
