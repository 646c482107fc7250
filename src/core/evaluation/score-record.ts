import { basename } from 'node:path';
import { err, ok, type LabelScheme, type Result, type Segment } from '../../shared/domain';
import type { Analyser } from '../analysis/analyser';
import { createCollector } from '../analysis/collect';
import type { Inference, ModelFiles } from '../inference/types';
import type { Pool } from '../workers/types';
import { openAnnotated } from '../recordings/open-annotated';
import { personOf } from './databases';
import { isLabelKnown } from './decided-windows';
import { isPaced } from './paced';
import { wasTrainedOn } from './trained-on';
import { labelWindows } from './labels';

/** A segment with both answers. */
export interface ScoredSegment {
  readonly startS: number;
  readonly abnormal: boolean;
  /** Probability of Abnormal. */
  readonly probability: number;
}

/** A record as the model and the reference see it. Segments of the plain grid only. */
export interface ScoredRecord {
  readonly record: string;
  readonly patient: string;
  readonly paced: boolean;
  /** The model learned from this very recording. */
  readonly trainedOn: boolean;
  /** Labelled and readable. */
  readonly segments: readonly ScoredSegment[];
  /** Labelled, but the model gave no verdict; by kind, so that neither is hidden. */
  readonly unreadable: { readonly normal: number; readonly abnormal: number };
  readonly unlabelled: number;
}

export interface ScoreOptions {
  readonly model: ModelFiles;
  readonly analyser: Analyser;
  readonly scheme: LabelScheme;
  readonly annotator: string;
  /** Index of the lead to read; null lets the model choose. */
  readonly lead: number | null;
  readonly pool: Pool;
  readonly inference: Inference;
  readonly signal: AbortSignal;
}

/** Analyses one record exactly as the viewer would, and sets its reference labels beside the answers. */
export async function scoreRecord(
  path: string,
  options: ScoreOptions,
): Promise<Result<ScoredRecord>> {
  const { model, analyser, scheme, annotator, lead, pool, inference, signal } = options;
  const opened = await openAnnotated(path, annotator);
  if (!opened.ok) return opened;
  const { recording, annotations, rateHz, decided } = opened.value;
  try {
    const collector = createCollector();
    const input = { recording, model, lead, scheme, pool, inference, signal };
    for await (const update of analyser.run(input)) {
      if (!update.ok) return update;
      collector.add(update.value);
    }
    const segments = collector.result().segments.filter(onPlainGrid(model));
    if (segments.length === 0) {
      return err('bad-signal', `${basename(path)}: the record is shorter than one segment.`);
    }
    const { windowSamples, samplingRateHz } = model.card;
    const labels = labelWindows(
      annotations,
      segments.map(({ startS }) => Math.round(startS * rateHz)),
      Math.round((windowSamples / samplingRateHz) * rateHz),
    );
    const scored: ScoredSegment[] = [];
    const unreadable = { normal: 0, abnormal: 0 };
    let unlabelled = 0;
    segments.forEach(({ startS, endS, probability }, i) => {
      const label = labels[i];
      if (!label || !isLabelKnown(label, { startS, endS }, decided, scheme)) {
        unlabelled++;
        return;
      }
      const abnormal = label[scheme] === 'Abnormal';
      if (probability === null) unreadable[abnormal ? 'abnormal' : 'normal']++;
      else scored.push({ startS, abnormal, probability });
    });
    return ok({
      record: recording.name,
      patient: decided?.patient ?? personOf(recording),
      paced: isPaced(annotations),
      trainedOn: await wasTrainedOn(model, recording),
      segments: scored,
      unreadable,
      unlabelled,
    });
  } finally {
    await recording.close();
  }
}

/** Whole windows that start at a multiple of the hop; the viewer's flush segment does not count. */
function onPlainGrid({ card }: ModelFiles): (segment: Segment) => boolean {
  const hopS = card.hopSamples / card.samplingRateHz;
  const windowS = card.windowSamples / card.samplingRateHz;
  return ({ startS, endS }) =>
    Math.abs(startS / hopS - Math.round(startS / hopS)) < 1e-6 && endS - startS > windowS - 1e-6;
}
