import {
  DISCLAIMER,
  findingsJson,
  mainRhythm,
  modelSha256,
  recordVerdict,
  tileTask,
} from '../../core/workbench';
import type { AnalysedRecord } from '../../core/analysis/analyse-record';
import type { ModelFiles } from '../../core/inference/types';
import type { RecordingCache } from '../../core/recordings/recording-cache';
import type { Pool } from '../../core/workers/types';
import { millivoltsPerUnit, ok, type Result, type Warning } from '../../shared/domain';

/** Samples per step of the answer: bounded memory however long the recording is. */
const STEP_SAMPLES = 100_000;

export interface AnswerParts {
  readonly path: string;
  readonly model: ModelFiles;
  readonly analysed: AnalysedRecord;
  readonly warnings: readonly Warning[];
  readonly withSignal: boolean;
}

/**
 * The answer of `POST /predict` as pieces of JSON text, the processed signal step by step.
 * @param signal of who waits for it: once they are gone it ends where it is
 */
export async function* answerText(
  { path, model, analysed, warnings, withSignal }: AnswerParts,
  { recordings, pool }: { readonly recordings: RecordingCache; readonly pool: Pool },
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { info, plan, findings } = analysed;
  const { verdict, probability, abnormalSegments, readableSegments } = recordVerdict(
    findings.segments,
  );
  const lead = plan.lead ?? info.leads.find(({ isEcg }) => isEcg) ?? null;
  const size = lead && withSignal ? await sizeOf(recordings, path, lead.index) : null;
  if (size && !size.ok) throw new Error(size.error.message);
  const head = {
    predicted_class: verdict,
    probability,
    abnormal_segments: abnormalSegments,
    readable_segments: readableSegments,
    segments: findings.segments,
    rhythm: mainRhythm(findings, findings.segments),
    ...findingsJson(findings, info.durationS),
    format: info.format,
    fs: size?.value.rateHz ?? info.samplingRateHz,
    lead: lead?.name ?? null,
    duration_s: info.durationS,
    model: {
      id: model.card.id,
      version: model.card.version,
      sha256: modelSha256(model),
      scheme: model.card.scheme,
      threshold: model.card.threshold.value,
    },
    warnings: [...warnings, ...info.warnings],
    disclaimer: DISCLAIMER,
  };
  if (!lead || !size) {
    yield JSON.stringify(head);
    return;
  }
  const toMv = millivoltsPerUnit(info.leads[lead.index]!.units) ?? 1;
  yield `${JSON.stringify(head).slice(0, -1)},"ecg_signal":[`;
  for (let start = 0; start < size.value.length; start += STEP_SAMPLES) {
    const end = Math.min(size.value.length, start + STEP_SAMPLES);
    const values = await pool.run(
      tileTask,
      {
        path,
        filter: 'model',
        pieces: [{ kind: 'samples', lead: lead.index, start, end }],
      },
      { lane: 'bulk', signal },
    );
    if (signal.aborted) throw signal.reason as Error;
    if (!values.ok) throw new Error(values.error.message);
    yield `${start > 0 ? ',' : ''}${numbers(values.value[0]!, toMv)}`;
  }
  yield ']}';
}

function sizeOf(
  recordings: RecordingCache,
  path: string,
  lead: number,
): Promise<Result<{ rateHz: number; length: number }>> {
  return recordings.use(path, async (recording) =>
    ok({ rateHz: recording.leads[lead]!.samplingRateHz, length: recording.leads[lead]!.samples }),
  );
}

/** In mV, with all the digits that a float32 holds. JSON has no NaN, so a missing sample is null. */
function numbers(values: Float32Array, toMv: number): string {
  const texts = new Array<string>(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    texts[i] = Number.isNaN(value) ? 'null' : String(Number((value * toMv).toPrecision(8)));
  }
  return texts.join(',');
}
