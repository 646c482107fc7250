import { delineationReport } from '../../core/workbench';
import type { DelineationReport } from '../../core/evaluation/delineation/delineation-report';
import type { Result } from '../../shared/domain';
import { createProgress } from './progress';

export interface EvaluateDelineationOptions {
  readonly paths: readonly string[];
  readonly annotator: string | null;
  readonly signal: AbortSignal;
}

/** `fiducial evaluate DB --delineation`: where P, QRS and T begin, peak and end, against marks by hand. */
export async function evaluateDelineation(
  options: EvaluateDelineationOptions,
): Promise<Result<DelineationReport>> {
  const progress = createProgress();
  try {
    return await delineationReport({
      ...options,
      onRecord: (done) =>
        progress.update(`delineating: ${done} of ${options.paths.length} records`),
    });
  } finally {
    progress.end();
  }
}
