import { LRUCache } from 'lru-cache';
import { ok, type AnalysisStatus, type Result, type Warning } from '../../shared/domain';
import type { Library } from '../recordings/library';
import type { AnalysisKey, Store, StoredAnalysis, StoredRecording } from '../review/store/types';
import { noSuchAnalysis, type Jobs } from './jobs';

/** What an analysis was of, so that `explain` looks at the same. */
export interface Started {
  readonly recording: StoredRecording;
  readonly contentHash: string;
  readonly lead: number | null;
  readonly modelSha256: string;
  /** Of the plan, which hangs on who chose the lead, and of other readings: the key of an analysis says neither. */
  readonly warnings: readonly Warning[];
}

/** What is known of an analysis by its id, wherever that is: asked for in this run, at work, or stored. */
export interface KnownAnalyses {
  /** Told when an analysis is asked for. */
  note(analysisId: string, started: Started): void;
  stored(analysisId: string): StoredAnalysis | null;
  status(analysisId: string): AnalysisStatus | null;
  result(analysisId: string): ReturnType<Jobs['result']>;
  /** Hash of the recording's content; null for an unknown analysis. */
  contentHash(analysisId: string): string | null;
  modelSha256(analysisId: string): string | null;
  /** Index of the one lead that it read; null where the model read several, or chose. */
  lead(analysisId: string): number | null;
  /** The samples of a stored reading are read where those of another of the same content lie. */
  lieWith(reading: StoredAnalysis, otherId: string): void;
  /** Where the samples of an analysis lie. One that was stored in an earlier run names its lead. */
  origin(analysisId: string, status: AnalysisStatus): Result<Started>;
}

export function createKnownAnalyses(
  library: Pick<Library, 'find'>,
  store: Pick<Store, 'analysis'>,
  jobs: Pick<Jobs, 'status' | 'result'>,
): KnownAnalyses {
  const started = new Map<string, Started>();
  /** A day's analysis takes a while to decode, and the viewer asks for its parts one by one. */
  const decoded = new LRUCache<string, StoredAnalysis>({ max: 3 });

  function stored(analysisId: string): StoredAnalysis | null {
    const known = decoded.get(analysisId);
    if (known) return known;
    const read = store.analysis(analysisId);
    if (read) decoded.set(analysisId, read);
    return read;
  }

  return {
    note: (analysisId, about) => void started.set(analysisId, about),
    stored,
    status(analysisId) {
      const running = jobs.status(analysisId);
      if (running) return running;
      const status = stored(analysisId)?.status;
      if (!status) return null;
      const asked = started.get(analysisId);
      return asked ? { ...status, warnings: [...asked.warnings] } : status;
    },
    result: (analysisId) => jobs.result(analysisId) ?? stored(analysisId)?.result ?? null,
    contentHash: (analysisId) =>
      started.get(analysisId)?.contentHash ?? stored(analysisId)?.key.contentHash ?? null,
    modelSha256: (analysisId) =>
      started.get(analysisId)?.modelSha256 ?? stored(analysisId)?.key.modelSha256 ?? null,
    lead(analysisId) {
      const key = stored(analysisId)?.key;
      return key ? leadOf(key) : (started.get(analysisId)?.lead ?? null);
    },
    lieWith({ analysisId, key, status }, otherId) {
      const other = started.get(otherId);
      if (!other || started.has(analysisId)) return;
      const { contentHash, modelSha256 } = key;
      const { recording } = other;
      const { warnings = [] } = status;
      started.set(analysisId, { recording, contentHash, modelSha256, lead: leadOf(key), warnings });
    },
    origin(analysisId, status) {
      const known = started.get(analysisId);
      if (known) return ok(known);
      const recording = library.find(status.recordingId);
      if (!recording.ok) return recording;
      const key = stored(analysisId)?.key;
      if (!key) return noSuchAnalysis();
      const { contentHash, modelSha256 } = key;
      const { warnings = [] } = status;
      return ok({
        ...{ recording: recording.value, contentHash, modelSha256, warnings },
        lead: leadOf(key),
      });
    },
  };
}

/** The one lead that was read, of which a stored analysis knows nothing but its key. */
function leadOf({ parameters }: AnalysisKey): number | null {
  const { lead = null } = JSON.parse(parameters) as { lead?: number | null };
  return lead;
}
