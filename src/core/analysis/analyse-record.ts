import type { Settings } from '../../shared/contract';
import { ok, type RecordingInfo, type Result, type Warning } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { Inference, ModelFiles } from '../inference/types';
import { annotationClock, type AnnotationClock } from '../recordings/annotation-clock';
import type { RecordingCache } from '../recordings/recording-cache';
import { recordingInfo } from '../recordings/recording-info';
import type { AnalysisResult } from '../review/store/types';
import type { Pool } from '../workers/types';
import { findingsOf, type Findings } from '../findings/findings';
import { analysedSignal } from '../review/readings';
import type { AnalysisPlan } from './analyser';
import { analyserOf } from './analysers';
import { analysisOrigin, createCollector } from './collect';
import { planAnalysis } from './declared-leads';
import { wholeRun } from './whole-run';

export interface AnalyseRecordOptions {
  readonly path: string;
  readonly model: ModelFiles;
  readonly lead: number | null;
  readonly recordings: RecordingCache;
  readonly pool: Pool;
  readonly inference: Inference;
  /** What makes a finding: the reader's settings, and what is to be warned of with them. */
  readonly settings: () => Pick<Settings, 'findings'> & { readonly warnings: readonly Warning[] };
  readonly signal: AbortSignal;
  /** Share of the recording that is done, 0 to 1. */
  onProgress?(done: number): void;
}

export interface AnalysedRecord {
  readonly info: RecordingInfo;
  readonly plan: AnalysisPlan;
  /** In which annotation files beside it count. */
  readonly clock: AnnotationClock;
  readonly result: AnalysisResult;
  /** What was found in it, with segments whose verdicts agree with that; nobody has read it yet. */
  readonly findings: Findings;
}

/** Opens a record, runs one model over all of it and closes it: scan, `fiducial predict` and the API. */
export async function analyseRecord(
  options: AnalyseRecordOptions,
): Promise<Result<AnalysedRecord>> {
  const { path, model, lead, recordings, pool, inference, settings, signal, onProgress } = options;
  const analyser = analyserOf(model.card.kind);
  if (!analyser) return errSaid('unsupported', 'files.kindNotSupported', { kind: model.card.kind });
  const analysed = await recordings.use(path, async (recording) => {
    const input = { recording, model, lead, pool, inference, signal };
    const plan = planAnalysis(analyser, input);
    if (!plan.ok) return plan;
    const about = await recordingInfo(recording);
    const collector = createCollector(analysisOrigin(analyser, about));
    let segments = 0;
    let told = 0;
    const tell = (done: number): void => {
      // Work that is ahead of the segments was told already.
      if (done > told) onProgress?.((told = done));
    };
    for await (const update of wholeRun(analyser, input)) {
      if (!update.ok) return update;
      collector.add(update.value);
      if (update.value.kind === 'segments') {
        segments += update.value.segments.length;
        tell(segments / Math.max(1, plan.value.segmentsTotal));
      } else if (update.value.kind === 'progress') tell(update.value.done);
    }
    if (signal.aborted)
      return errSaid('cancelled', 'failures.analysisOfCancelled', { name: recording.name });
    const result = collector.result();
    const { findings: thresholds, warnings } = settings();
    const info = { ...about, warnings: [...about.warnings, ...plan.value.warnings, ...warnings] };
    const findings = findingsOf(analysedSignal(result, true), thresholds);
    return ok({ info, plan: plan.value, clock: annotationClock(recording), result, findings });
  });
  await recordings.drop(path);
  return analysed;
}
