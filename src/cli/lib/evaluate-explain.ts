import { explainBeatRecords, type ExplainReport } from '../../core/analysis/beat-explain-report';
import { err, type Result } from '../../shared/domain';
import { createProgress } from './progress';
import { withWorkbench } from './workbench';

export interface EvaluateExplainOptions {
  readonly headerPaths: readonly string[];
  readonly modelId: string | null;
  readonly annotator: string;
  readonly signal: AbortSignal;
}

/** `fiducial evaluate DB --explain`: does the overlay of a beat model point at the beats that matter? */
export async function evaluateExplain(
  options: EvaluateExplainOptions,
): Promise<Result<ExplainReport>> {
  const { headerPaths, modelId, annotator, signal } = options;
  const progress = createProgress();
  try {
    return await withWorkbench(async ({ pool, inference, models }) => {
      const model = await models.find(modelId);
      if (!model.ok) return model;
      if (model.value.card.kind !== 'beat-attention') {
        return err('unsupported', `Model ${model.value.card.id} has no heartbeats to point at.`);
      }
      return explainBeatRecords({
        headerPaths,
        model: model.value,
        pool,
        inference,
        annotator,
        signal,
        onRecord: (done) => progress.update(`explaining: ${done} of ${headerPaths.length} records`),
      });
    });
  } finally {
    progress.end();
  }
}
