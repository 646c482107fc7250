import type { EventName, EventPayload, ToService } from '../../shared/contract';
import type { AnalysisStatus, Result } from '../../shared/domain';
import type { Admitted } from '../../shared/contract';

type Request = Exclude<ToService, { kind: 'cancel' }>;
type Resumed =
  | { kind: 'admit'; paths: string[] }
  | { kind: 'call'; method: string; input: unknown };

/** Remembers what a restarted engine must be told so that it goes on where the old one ended. */
export interface Resumption {
  sawReply(request: Request, result: Result<unknown>): void;
  sawEvent(event: EventName, payload: unknown): void;
  /** In the order in which the new engine is to get them. */
  messages(): readonly Resumed[];
}

/**
 * Folders that were brought in (their ids live in the engine's memory) and analyses that had begun and not
 * ended. Everything else is in the store.
 */
export function createResumption(): Resumption {
  const folders = new Set<string>();
  const analyses = new Map<string, unknown>();

  return {
    sawReply(request, result) {
      if (!result.ok) return;
      if (request.kind === 'admit' && (result.value as Admitted).sourceIds.length > 0) {
        for (const path of request.paths) folders.add(path);
      }
      if (request.kind !== 'call') return;
      const { state, analysisId } = (result.value ?? {}) as Partial<AnalysisStatus>;
      if (!analysisId) return;
      if (request.method === 'analysis.start' && (state === 'queued' || state === 'running')) {
        analyses.set(analysisId, request.input);
      }
      if (request.method === 'analysis.cancel') analyses.delete(analysisId);
    },
    sawEvent(event, payload) {
      if (event !== 'analysis.progress') return;
      const { analysisId, state } = payload as EventPayload<'analysis.progress'>;
      if (state !== 'queued' && state !== 'running') analyses.delete(analysisId);
    },
    messages: () => [
      ...(folders.size > 0 ? [{ kind: 'admit' as const, paths: [...folders] }] : []),
      ...[...analyses.values()].map((input) => ({
        kind: 'call' as const,
        method: 'analysis.start',
        input,
      })),
    ],
  };
}
