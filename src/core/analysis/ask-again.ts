import { LRUCache } from 'lru-cache';
import type { Handlers } from '../../shared/contract';
import { ok, type Overlay, type Result, type Segment } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { modelSha256 } from '../inference/model-hash';
import { ensureContentHash } from '../recordings/ensure-content-hash';
import type { Analyser, ExplainInput } from './analyser';
import { analyserOf } from './analysers';
import type { Analyses, AnalysisDependencies } from './analyses';
import { createBeatReads } from './beat-model/beat-reads';
import { noSuchAnalysis } from './jobs';
import type { KnownAnalyses } from './known-analyses';
import { knownAttention } from './overlays/known-attention';

/** What is asked of an analysis once its verdicts are there: of its samples, or of the model that gave them. */
export interface AskAgain extends Pick<Analyses, 'withFiles' | 'attention'> {
  readonly explain: Handlers['analysis.explain'];
  readonly whatIf: Handlers['analysis.whatIf'];
}

type Dependencies = Pick<
  AnalysisDependencies,
  'library' | 'recordings' | 'models' | 'pool' | 'inference'
>;

export function createAskAgain(
  { library, recordings, models, pool, inference }: Dependencies,
  known: KnownAnalyses,
): AskAgain {
  const overlays = new LRUCache<string, Overlay>({ max: 64 });
  const reads = createBeatReads();

  const withFiles = filesOf({ library, recordings, pool }, known);

  /** Asks the model that gave an analysis its verdicts, about the recording and lead that it read. */
  async function withAnalyser<T>(
    analysisId: string,
    signal: AbortSignal,
    ask: (analyser: Analyser, input: ExplainInput) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const status = known.status(analysisId);
    if (!status) return noSuchAnalysis();
    const origin = known.origin(analysisId, status);
    if (!origin.ok) return origin;
    const model = await models.that(status.modelId, origin.value.modelSha256);
    if (!model.ok) return model;
    const { card } = model.value;
    if (modelSha256(model.value) !== origin.value.modelSha256) {
      return errSaid('conflict', 'failures.otherModelVersion', { model: card.id });
    }
    const analyser = analyserOf(card.kind);
    if (!analyser) return errSaid('unsupported', 'files.noOverlay', { id: card.id });
    return withFiles(analysisId, signal, (opened, { lead }) =>
      ask(analyser, {
        recording: opened,
        model: model.value,
        lead,
        pool,
        inference,
        reads,
        signal,
      }),
    );
  }

  /** A segment that an analysis has come to. */
  function found(analysisId: string, index: number) {
    const result = known.result(analysisId);
    if (!result) return noSuchAnalysis();
    const segment = result.segments.find((one) => one.index === index);
    return segment
      ? ok({ segment, result })
      : errSaid('not-found', 'failures.segmentNotYet', { n: index + 1 });
  }

  const overlayKey = (analysisId: string, index: number): string => `${analysisId}/${index}`;

  const explain: AskAgain['explain'] = async ({ analysisId, segment: index }, { signal }) => {
    const kept = overlays.get(overlayKey(analysisId, index));
    if (kept) return ok(kept);
    const about = found(analysisId, index);
    if (!about.ok) return about;
    const { segment, result } = about.value;
    const overlay = await withAnalyser(analysisId, signal, (analyser, input) =>
      analyser.explain(input, segment, result),
    );
    if (overlay.ok) overlays.set(overlayKey(analysisId, index), overlay.value);
    return overlay;
  };

  return {
    withFiles,
    explain,
    async whatIf({ analysisId, segment: index }, { signal }) {
      const about = found(analysisId, index);
      if (!about.ok) return about;
      return withAnalyser(analysisId, signal, async (analyser, input) => {
        const answers = await analyser.whatIf(input, about.value.segment);
        if (!answers.ok) return answers;
        const { replacesLead } = analyser;
        return ok({ segment: index, replacesLead, answers: answers.value });
      });
    },
    async attention(analysisId, segments: readonly Segment[], measure, signal) {
      const result = known.result(analysisId);
      if (!result) return noSuchAnalysis();
      if (measure) {
        for (const { index } of segments) {
          const overlay = await explain({ analysisId, segment: index }, { signal });
          if (!overlay.ok && overlay.error.code === 'cancelled') return overlay;
        }
      }
      return knownAttention(
        result,
        segments,
        ({ index }) => overlays.get(overlayKey(analysisId, index)),
        (asked) =>
          withAnalyser(analysisId, signal, (analyser, input) => analyser.attend(input, asked)),
      );
    },
  };
}

/** Reads files on behalf of an analysis (`Analyses.withFiles`). */
function filesOf(
  { library, recordings, pool }: Pick<AnalysisDependencies, 'library' | 'recordings' | 'pool'>,
  known: KnownAnalyses,
): Analyses['withFiles'] {
  return async (analysisId, signal, work) => {
    const status = known.status(analysisId);
    if (!status) return noSuchAnalysis();
    const origin = known.origin(analysisId, status);
    if (!origin.ok) return origin;
    const { recording, lead, contentHash } = origin.value;
    const { path, name } = recording;
    return recordings.use(path, async (opened) => {
      const hash = await ensureContentHash(library, pool, recording, opened, { signal });
      if (!hash.ok) return hash;
      if (hash.value !== contentHash) {
        return errSaid('conflict', 'failures.otherFiles', { name });
      }
      return work(opened, { path, name, lead });
    });
  };
}
