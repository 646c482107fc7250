import { err, ok, type Failure, type LabelScheme, type Result } from '../../shared/domain';
import { analyserOf } from '../analysis/analysers';
import type { Inference, ModelFiles } from '../inference/types';
import type { Pool } from '../workers/types';
import type { BootstrapOptions } from './bootstrap';
import { eachRecord } from './each-record';
import { scoreRecord } from './score-record';
import { summariseGroup, type GroupSummary } from './summarise';

export interface EvaluateOptions {
  readonly paths: readonly string[];
  readonly model: ModelFiles;
  /** Default: the model's own. */
  readonly scheme?: LabelScheme;
  /** Default `atr`. */
  readonly annotator?: string;
  /** Index of the lead to read in every record; by default the model chooses. */
  readonly lead?: number | null;
  readonly pool: Pool;
  readonly inference: Inference;
  readonly bootstrap?: BootstrapOptions;
  readonly signal?: AbortSignal;
  /** Called after each record: how many are done, and what was wrong with the last one, if anything. */
  readonly onRecord?: (done: number, record: string, problem: Failure | null) => void;
}

export interface Evaluation {
  readonly model: {
    readonly id: string;
    readonly version: string;
    readonly scheme: LabelScheme;
    readonly threshold: number;
    readonly thresholdChosen: string;
  };
  /** Scheme of the reference labels; figures of a model under another scheme than its own say little. */
  readonly scheme: LabelScheme;
  /** Records here that the model was trained on: their figures say nothing about new patients. */
  readonly trainedOn: readonly string[];
  readonly gross: GroupSummary | null;
  /** Records with paced beats, apart (AAMI EC57). */
  readonly paced: GroupSummary | null;
  /** Figures that training stored in the card: cross-validation by patient, and the leaky split. */
  readonly cardMetrics: ModelFiles['card']['metrics'];
  readonly problems: readonly Failure[];
}

/** Runs a model over annotated records and sums up how well it agrees with the reference. */
export async function evaluate(options: EvaluateOptions): Promise<Result<Evaluation>> {
  const { paths, model, bootstrap, pool, inference } = options;
  const { card } = model;
  const analyser = analyserOf(card.kind);
  if (!analyser) {
    return err(
      'unsupported',
      `Model ${card.id} is of kind ${card.kind}, which cannot be run here.`,
    );
  }
  const scheme = options.scheme ?? card.scheme;
  const signal = options.signal ?? new AbortController().signal;
  const { annotator = 'atr', lead = null, onRecord } = options;
  const how = { model, analyser, scheme, annotator, lead, pool, inference, signal };
  const scored = await eachRecord(paths, (path) => scoreRecord(path, how), {
    ...{ signal, doing: 'evaluate', onRecord },
  });
  if (!scored.ok) return scored;
  const { records, problems } = scored.value;
  const group = (paced: boolean): GroupSummary | null => {
    const own = records.filter((record) => record.paced === paced);
    return own.length > 0 ? summariseGroup(own, card.threshold.value, bootstrap) : null;
  };
  return ok({
    model: {
      id: card.id,
      version: card.version,
      scheme: card.scheme,
      threshold: card.threshold.value,
      thresholdChosen: card.threshold.chosen,
    },
    scheme,
    trainedOn: records.filter(({ trainedOn }) => trainedOn).map(({ record }) => record),
    gross: group(false),
    paced: group(true),
    cardMetrics: card.metrics,
    problems,
  });
}
