import { basename } from 'node:path';
import { err, ok, type ModelCard, type Result } from '../../shared/domain';
import { chooseLead } from '../analysis/choose-lead';
import type { SegmentWindow } from '../analysis/types';
import {
  createWindowReader,
  type WindowBatch,
  type WindowSpec,
} from '../analysis/segment-model/windows';
import { openAnnotated } from '../recordings/open-annotated';
import { leadsOf } from '../recordings/recording-info';
import type { OpenRecording } from '../formats/open-recording';
import { personOf } from './databases';
import { isLabelKnown } from './decided-windows';
import { labelWindows, type SegmentLabels } from './labels';

/** What has to be known of a model to cut its segments. */
export type SegmentSource = WindowSpec & Pick<ModelCard, 'leads'>;

export interface ReferenceSegment extends SegmentWindow {
  readonly labels: SegmentLabels | null;
}

/** A record with reference annotations, cut on the plain grid and labelled. */
export interface ReferenceRecord {
  readonly record: string;
  readonly patient: string;
  readonly leadName: string;
  /** Every segment of the grid. */
  readonly segments: readonly ReferenceSegment[];
  /** Row-major [segments, windowSamples], standardised; zeros where a segment is Unreadable. */
  readonly samples: Float32Array;
  /** The same windows of the record's next ECG lead; zeros where it is Unreadable or there is none. */
  readonly otherLead: Float32Array;
}

/**
 * Reads one record for training or evaluation, with the same chain as the viewer's.
 * @param path absolute path of the header; the annotations lie beside it
 * @param annotator extension of the annotation file, `atr` for reference beats
 * @returns the first failure of header, lead, annotations or signal
 */
export async function readReferenceRecord(
  path: string,
  source: SegmentSource,
  annotator: string,
  signal?: AbortSignal,
): Promise<Result<ReferenceRecord>> {
  const opened = await openAnnotated(path, annotator);
  if (!opened.ok) return opened;
  const { recording, annotations, rateHz, decided } = opened.value;
  try {
    const lead = chooseLead(recording, source.leads.preferred, null);
    if (!lead.ok) return lead;
    const windows = createWindowReader(recording, lead.value.index, source, 'plain');
    if (!windows.ok) return windows;
    const batch = await windows.value.read(0, windows.value.grid.count, signal);
    if (!batch.ok) return batch;
    if (batch.value.windows.length === 0) {
      return err('bad-signal', `${basename(path)}: the record is shorter than one segment.`);
    }
    const labels = labelWindows(
      annotations,
      batch.value.windows.map(({ startS }) => Math.round(startS * rateHz)),
      Math.round(windows.value.grid.windowS * rateHz),
    );
    const other = await readOtherLead(recording, lead.value.index, source, signal);
    if (!other.ok) return other;
    return ok({
      record: recording.name,
      patient: decided?.patient ?? personOf(recording),
      leadName: lead.value.name,
      segments: batch.value.windows.map((window, i) => {
        const label = labels[i] ?? null;
        const isKnown = label && isLabelKnown(label, window, decided, null);
        return { ...window, labels: isKnown ? label : null };
      }),
      samples: spread(batch.value, source.windowSamples),
      otherLead: other.value
        ? spread(other.value, source.windowSamples)
        : new Float32Array(batch.value.windows.length * source.windowSamples),
    });
  } finally {
    await recording.close();
  }
}

/** The first ECG lead besides the one in use; null where there is none. */
async function readOtherLead(
  recording: OpenRecording,
  used: number,
  source: SegmentSource,
  signal?: AbortSignal,
): Promise<Result<WindowBatch | null>> {
  for (const { index, isEcg } of leadsOf(recording)) {
    if (!isEcg) continue;
    if (index === used) continue;
    const windows = createWindowReader(recording, index, source, 'plain');
    if (windows.ok) return windows.value.read(0, windows.value.grid.count, signal);
  }
  return ok(null);
}

/** A row for every window: those of the readable ones, zeros between them. */
function spread({ windows, samples }: WindowBatch, windowSamples: number): Float32Array {
  const all = new Float32Array(windows.length * windowSamples);
  let row = 0;
  windows.forEach(({ unreadable }, i) => {
    if (unreadable) return;
    const start = row++ * windowSamples;
    all.set(samples.subarray(start, start + windowSamples), i * windowSamples);
  });
  return all;
}
