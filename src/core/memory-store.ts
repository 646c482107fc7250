import type { Settings } from '../shared/contract';
import type { Store, StoredAnalysis, StoredRecording } from './store-types';

/** A `Store` without a file: for tests, and for commands that must leave nothing behind. */
export function createMemoryStore(): Store {
  const recordings = new Map<string, StoredRecording>();
  const analyses = new Map<string, StoredAnalysis>();
  const scanRows = new Map<string, string>();
  let settings: Partial<Settings> = {};
  const rowKey = (...parts: string[]): string => JSON.stringify(parts);
  return {
    recordings: () => [...recordings.values()],
    recording: (recordingId) => recordings.get(recordingId) ?? null,
    putRecording: (recording) => void recordings.set(recording.recordingId, recording),
    analysis: (analysisId) => analyses.get(analysisId) ?? null,
    putAnalysis(analysis) {
      analyses.delete(analysis.analysisId); // so that the latest is last
      analyses.set(analysis.analysisId, analysis);
    },
    analysesOf: (contentHash) =>
      [...analyses.values()]
        .filter((analysis) => analysis.key.contentHash === contentHash)
        .map(({ analysisId, modelId, result }) => ({
          analysisId,
          modelId,
          flagged: result.segments.filter((segment) => segment.verdict === 'Abnormal').length,
          decided: 0,
        }))
        .reverse(),
    settings: () => settings,
    putSettings: (value) => void (settings = value),
    scanRow: (headerPath, fingerprint, parameters) =>
      scanRows.get(rowKey(headerPath, fingerprint, parameters)) ?? null,
    putScanRow: (headerPath, fingerprint, parameters, rowJson) =>
      void scanRows.set(rowKey(headerPath, fingerprint, parameters), rowJson),
    close: () => undefined,
  };
}
