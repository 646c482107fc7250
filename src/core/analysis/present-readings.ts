/** Which reading of a recording is the present one: the others are shown as they were left. */
export interface PresentReadings {
  /** A reader has opened it: from now on it is the present one of its content. */
  open(contentHash: string, analysisId: string): void;
  /** Whether it is the one that was opened last; where none was in this run, the one that was stored last. */
  isPresent(contentHash: string, analysisId: string): boolean;
}

/** @param lastStored id of the analysis of a content that was stored last; null where there is none */
export function createPresentReadings(
  lastStored: (contentHash: string) => string | null,
): PresentReadings {
  const present = new Map<string, string>();
  return {
    open: (contentHash, analysisId) => void present.set(contentHash, analysisId),
    isPresent(contentHash, analysisId) {
      const known = present.get(contentHash) ?? lastStored(contentHash) ?? analysisId;
      present.set(contentHash, known);
      return known === analysisId;
    },
  };
}
