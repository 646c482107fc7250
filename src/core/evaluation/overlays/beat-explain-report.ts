import { removeTemporaryFolder, temporaryFolder } from '../../base/temporary-folders';
import { err, ok, type Failure, type Result } from '../../../shared/domain';
import type { Inference, ModelFiles } from '../../inference/types';
import type { Pool } from '../../workers/types';
import {
  addFaithfulness,
  beatFaithfulness,
  NO_BEAT_FAITHFULNESS,
  type BeatFaithfulness,
} from './beat-faithfulness';
import { eachRecord } from '../each-record';
import { shuffledModel } from './shuffled-model';

export interface ExplainOptions {
  readonly paths: readonly string[];
  readonly model: ModelFiles;
  readonly pool: Pool;
  readonly inference: Inference;
  readonly annotator?: string;
  /** Index of the lead to read in every record; by default the model chooses. */
  readonly lead?: number | null;
  /** Segments of a kind per record at most. */
  readonly most?: number;
  readonly signal?: AbortSignal;
  readonly onRecord?: (done: number, record: string, problem: Failure | null) => void;
}

/** Figures of `evaluate --explain` for a beat model. */
export interface ExplainReport {
  readonly model: string;
  readonly sums: BeatFaithfulness;
  /** Share of mixed segments whose most attended beat is annotated abnormal. */
  readonly pointing: number;
  readonly evidencePointing: number;
  /** The same for a beat taken at random. */
  readonly chance: number;
  readonly topDropLogit: number;
  readonly randomDropLogit: number;
  readonly dropRatio: number;
  readonly faithfulShare: number;
  readonly shuffledPointing: number;
  /** Overlap of the attention with that of shuffled weights, 1 where it is the same. */
  readonly shuffledOverlap: number;
  readonly problems: readonly Failure[];
}

/** Measures, over the mixed segments of annotated records, how far the overlay of a beat model can be trusted. */
export async function explainBeatRecords(options: ExplainOptions): Promise<Result<ExplainReport>> {
  const { paths, model, onRecord, ...rest } = options;
  const signal = options.signal ?? new AbortController().signal;
  const folder = await temporaryFolder('shuffled');
  try {
    const shuffled = await shuffledModel(model, folder);
    const how = { ...rest, model, shuffled, signal };
    const asked = await eachRecord(paths, (path) => beatFaithfulness(path, how), {
      ...{ signal, doing: 'evaluate', onRecord },
    });
    if (!asked.ok) return asked;
    const { records, problems } = asked.value;
    const sums = records.reduce(addFaithfulness, NO_BEAT_FAITHFULNESS);
    if (sums.segments === 0) {
      return problems[0]
        ? { ok: false, error: problems[0] }
        : err('not-found', 'No segment has both normal and abnormal beats.');
    }
    return ok({ ...figuresOf(sums), model: model.card.id, sums, problems });
  } finally {
    await removeTemporaryFolder(folder);
  }
}

function figuresOf(sums: BeatFaithfulness): Omit<ExplainReport, 'model' | 'sums' | 'problems'> {
  const per = (value: number): number => value / sums.segments;
  return {
    pointing: per(sums.hits),
    evidencePointing: per(sums.evidenceHits),
    chance: per(sums.randomHits),
    topDropLogit: per(sums.topDropLogit),
    randomDropLogit: per(sums.randomDropLogit),
    dropRatio: sums.topDropLogit / sums.randomDropLogit,
    faithfulShare: per(sums.faithful),
    shuffledPointing: per(sums.shuffledHits),
    shuffledOverlap: per(sums.shuffledOverlap),
  };
}

/** The report as lines for a terminal. */
export function explainText(report: ExplainReport): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const logit = (value: number): string => value.toFixed(2);
  return [
    `Model ${report.model}: ${report.sums.segments} segments with both normal and abnormal beats`,
    `Pointing game (most attended beat is annotated abnormal): ${percent(report.pointing)}; by evidence ${percent(report.evidencePointing)}; a random beat ${percent(report.chance)}`,
    `Drop of logit(Abnormal): top beat left out ${logit(report.topDropLogit)}, a random one ${logit(report.randomDropLogit)}, ratio ${logit(report.dropRatio)}`,
    `Overlay called faithful in ${percent(report.faithfulShare)} of them`,
    `Weights shuffled: pointing game ${percent(report.shuffledPointing)}, overlap of the two overlays ${percent(report.shuffledOverlap)}`,
  ].join('\n');
}
