import {
  explainBeatRecords,
  explainSegmentRecords,
  explainText,
  overlayText,
} from '../../core/workbench';
import type { ExplainReport } from '../../core/evaluation/overlays/beat-explain-report';
import type { OverlayReport } from '../../core/evaluation/overlays/explain-report';
import { ok, type Result } from '../../shared/domain';
import { createProgress } from './progress';
import { withWorkbench } from './workbench';

export interface EvaluateExplainOptions {
  readonly paths: readonly string[];
  readonly modelId: string | null;
  readonly annotator: string;
  /** Index of the lead to read; null lets the model choose. */
  readonly lead: number | null;
  /** Segments of a kind per record at most. */
  readonly most: number;
  readonly signal: AbortSignal;
}

/** The figures, and the same as lines for a terminal. */
export interface Explained {
  readonly report: ExplainReport | OverlayReport;
  readonly text: string;
}

/** `fiducial evaluate DB --explain`: does the overlay point at what matters, to the reader and to the model? */
export async function evaluateExplain(options: EvaluateExplainOptions): Promise<Result<Explained>> {
  const { paths, modelId, ...rest } = options;
  const progress = createProgress();
  try {
    return await withWorkbench(async ({ pool, inference, models }) => {
      const model = await models.find(modelId);
      if (!model.ok) return model;
      const asked = {
        ...rest,
        paths,
        model: model.value,
        pool,
        inference,
        onRecord: (done: number) =>
          progress.update(`explaining: ${done} of ${paths.length} records`),
      };
      if (model.value.card.kind === 'beat-attention') {
        const report = await explainBeatRecords(asked);
        return report.ok ? ok({ report: report.value, text: explainText(report.value) }) : report;
      }
      const report = await explainSegmentRecords(asked);
      return report.ok ? ok({ report: report.value, text: overlayText(report.value) }) : report;
    });
  } finally {
    progress.end();
  }
}
