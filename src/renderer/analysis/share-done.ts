import type { AnalysisStatus } from '../../shared/domain';

/** Share of an analysis that is done, 0 to 1: what it says itself, else that of its segments. */
export function shareDone({ done, segmentsDone, segmentsTotal }: AnalysisStatus): number {
  return done ?? (segmentsTotal > 0 ? segmentsDone / segmentsTotal : 0);
}
