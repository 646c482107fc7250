import type { RequestContext } from '../../../shared/contract';
import type { Finding, ReviewEdit } from '../../../shared/domain';
import { valueOf } from '../../../shared/domain/testing/value-of';
import type { Reviews } from '../handlers';

/** What a reader does and is told, on whatever reviews there are when it is done. */
export function actsOn(reviews: () => Reviews) {
  const context: RequestContext = { signal: new AbortController().signal };
  return {
    decide: (analysisId: string, edit: ReviewEdit, reader = 'a') =>
      reviews().handlers['review.decide']({ analysisId, edit, reader }, context),
    undo: (analysisId: string, redo = false, reader = 'a') =>
      reviews().handlers['review.undo']({ analysisId, redo, reader }, context),
    found: async (analysisId: string, reader: string | null = null) =>
      valueOf(await reviews().handlers['analysis.findings']({ analysisId, reader }, context)),
  };
}

export function verdict(
  findings: readonly Finding[],
  decision: 'none' | 'confirm' | 'reject' | 'unsure',
  rejectedAs: 'artefact' | 'aberrant' | null = null,
): ReviewEdit {
  return { kind: 'decide-findings', findings: [...findings], decision, note: '', rejectedAs };
}
