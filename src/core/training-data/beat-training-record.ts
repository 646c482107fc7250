import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DISPLAY_BANDS, BEAT_CLASSES, err, ok, type Result } from '../../shared/domain';
import { segmentGrid, segmentStartS } from '../dsp';
import { patientOf } from '../evaluation/databases';
import { labelWindows } from '../evaluation/labels';
import { openAnnotated } from '../recordings/open-annotated';
import type { ReferenceAnnotation } from '../recordings/open-annotated';
import type { OpenRecording } from '../formats/open-recording';
import { fibrillationSpans, FLUTTER_LABEL, labelBeats } from '../evaluation/beat-labels';
import { beatLeads } from '../analysis/beat-model/beat-leads';
import { writeNpy } from './beat-npy';
import { readBeatStretch } from '../analysis/beat-model/beat-stretch';

/** Samples at 128 Hz on each side of the windows: room for training to shift beats by 47 ms. */
export const TRAINING_MARGIN = 6;
/** Steps per unit of dominant QRS amplitude in `windows.npy`: 16-bit integers reach 16 units. */
export const WINDOW_SCALE = 2048;
const WINDOW_S = 10;
const HOP_S = 5;

/** A row of `index.json`. */
export interface BeatTrainingRecord {
  readonly record: string;
  readonly patient: string;
  readonly database: string;
  readonly beats: number;
  readonly leads: number;
  readonly hasRhythm: boolean;
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
  const opened = await openAnnotated(path, annotator);
  if (!opened.ok) return opened;
  const { recording, annotations, rateHz } = opened.value;
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

    const labels = labelBeats(timeS, annotations, rateHz);
    const segments = labelledSegments(annotations, rateHz, durationS);
    const spans = fibrillationSpans(annotations, rateHz);
    const inFibrillation = Uint8Array.from(timeS, (time) =>
      spans.some(({ startS, endS }) => time >= startS && time < endS) ? 1 : 0,
    );
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
    const forms = tokens.formBeats.length;
    await writeNpy(tensor('forms'), Int16Array.from(tokens.forms), [n]);
    await writeNpy(tensor('form-means'), scaled(tokens.formMeans), [forms, tokens.leads, samples]);
    await writeNpy(tensor('rhythm'), tokens.rhythm, [n, tokens.rhythm.length / n]);
    await writeNpy(tensor('time'), timeS, [n]);
    await writeNpy(tensor('labels'), labels, [n]);
    await writeNpy(tensor('fibrillation'), inFibrillation, [n]);
    await writeNpy(tensor('segments'), Float64Array.from(segments.flat()), [segments.length, 4]);
    return ok({
      row: rowOf(recording, path, n, tokens.leads, annotations),
      counts: countsOf(recording.name, labels, segments),
    });
  } finally {
    await recording.close();
  }
}

type SegmentRow = readonly [startS: number, ectopy: number, review: number, fibrillation: number];

/** Labelled segments of the plain grid; 1 is Abnormal, or more than half of it in fibrillation or flutter. */
function labelledSegments(
  annotations: readonly ReferenceAnnotation[],
  rateHz: number,
  durationS: number,
): SegmentRow[] {
  const spans = fibrillationSpans(annotations, rateHz);
  const grid = segmentGrid(durationS, WINDOW_S, HOP_S, 'plain');
  const starts = Array.from({ length: grid.count }, (_, i) => segmentStartS(grid, i));
  const labels = labelWindows(
    annotations,
    starts.map((startS) => Math.round(startS * rateHz)),
    Math.round(WINDOW_S * rateHz),
  );
  return starts.flatMap((startS, i): SegmentRow[] => {
    const label = labels[i];
    if (!label) return [];
    const fibrillating = spans.reduce(
      (sum, span) =>
        sum + Math.max(0, Math.min(startS + WINDOW_S, span.endS) - Math.max(startS, span.startS)),
      0,
    );
    const bit = (yes: boolean): number => (yes ? 1 : 0);
    return [
      [
        startS,
        bit(label.ectopy === 'Abnormal'),
        bit(label.review === 'Abnormal'),
        bit(fibrillating > WINDOW_S / 2),
      ],
    ];
  });
}

function rowOf(
  recording: OpenRecording,
  path: string,
  beats: number,
  leads: number,
  annotations: readonly ReferenceAnnotation[],
): BeatTrainingRecord {
  return {
    record: recording.name,
    patient: patientOf(recording),
    database: basename(join(path, '..')),
    beats,
    leads,
    hasRhythm: annotations.some(({ symbol, aux }) => symbol === '+' && aux.startsWith('(')),
  };
}

function countsOf(
  record: string,
  labels: Uint8Array,
  segments: readonly SegmentRow[],
): BeatTrainingCounts {
  const count = (label: number): number => labels.filter((own) => own === label).length;
  const column = (at: 1 | 2 | 3): number => segments.reduce((sum, row) => sum + row[at], 0);
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
