import { err, ok, type Faithfulness, type Overlay, type Result } from '../../../shared/domain';
import { segmentGrid } from '../../dsp';
import type { Inference, ModelFiles } from '../../inference/types';
import type { Pool } from '../../workers/types';
import { openAnnotated } from '../../recordings/open-annotated';
import { meanOverHeads } from '../../analysis/overlays/attention';
import { chooseLead } from '../../analysis/choose-lead';
import { rankCorrelation } from './explain-ranks';
import { explainWindow, lookAtWindow } from '../../analysis/overlays/explain-segment';
import { abnormalTokens, isMixed, knownBeats, type KnownBeat } from './explain-tokens';
import { abnormalProbabilities } from '../../analysis/segment-model/segment-probability';
import { windowsTask } from '../../analysis/segment-model/windows-task';

/** The two overlays of a segment model. */
export const JUDGED_OVERLAYS = ['attention', 'evidence'] as const;
export type OverlayName = (typeof JUDGED_OVERLAYS)[number];

/** One overlay of one segment. */
export interface JudgedOverlay {
  /** The badge that the viewer would show under it. */
  readonly faithfulness: Faithfulness;
  /** The highest token lies in a beat annotated abnormal; null where the segment is not mixed. */
  readonly hit: boolean | null;
  /** Of the same overlay with the weights shuffled: the same, and its rank correlation with the trained one. */
  readonly shuffledHit: boolean | null;
  readonly shuffledRankCorrelation: number;
}

export interface JudgedSegment extends Readonly<Record<OverlayName, JudgedOverlay>> {
  /** Both normal and abnormal beats are annotated in it. */
  readonly mixed: boolean;
  /** The model calls it Abnormal. */
  readonly flagged: boolean;
  /** Share of tokens that lie in beats annotated abnormal: how often a random token hits. */
  readonly chance: number;
}

export interface JudgeOverlaysOptions {
  readonly model: ModelFiles;
  /** The same model with its weights shuffled (`shuffledModel`). */
  readonly shuffled: ModelFiles;
  readonly pool: Pool;
  readonly inference: Inference;
  readonly annotator?: string;
  /** Index of the lead to read in every record; by default the model chooses. */
  readonly lead?: number | null;
  /** Mixed segments per record at most, and as many flagged ones, evenly spaced. */
  readonly most?: number;
  readonly signal: AbortSignal;
}

const BATCH_SEGMENTS = 16;

/**
 * Judges attention and evidence of a segment model on segments of one annotated record: those that are mixed under
 * scheme `majority`, and those that the model flags. The badge is the viewer's own code.
 */
export async function judgeOverlays(
  path: string,
  options: JudgeOverlaysOptions,
): Promise<Result<JudgedSegment[]>> {
  const { model, pool, annotator = 'atr', most = 12, signal } = options;
  const { lead: wanted = null } = options;
  const { card } = model;
  const opened = await openAnnotated(path, annotator);
  if (!opened.ok) return opened;
  const { recording, annotations, rateHz } = opened.value;
  try {
    const lead = chooseLead(recording, card.leads.preferred, wanted);
    if (!lead.ok) return lead;
    const durationS = recording.durationS;
    const windowS = card.windowSamples / card.samplingRateHz;
    const grid = segmentGrid(durationS, windowS, card.hopSamples / card.samplingRateHz, 'plain');
    const { samplingRateHz, windowSamples, hopSamples, filter } = card;
    const batch = await pool.run(
      windowsTask,
      {
        path,
        lead: lead.value.index,
        spec: { samplingRateHz, windowSamples, hopSamples, filter },
        grid: 'plain',
        first: 0,
        end: grid.count,
      },
      { lane: 'bulk', signal },
    );
    if (!batch.ok) return batch;
    const probability = await probabilities(options, batch.value.samples);
    if (!probability.ok) return probability;
    const beats = knownBeats(annotations, rateHz);
    const windows = batch.value.windows
      .filter(({ unreadable }) => unreadable === null)
      .map(({ index, startS, endS }, row) => ({
        index,
        startS,
        samples: batch.value.samples.subarray(row * windowSamples, (row + 1) * windowSamples),
        mixed: isMixed(beats, startS, endS),
        flagged: probability.value[row]! >= card.threshold.value,
      }));
    const chosen = new Set([
      ...spaced(
        windows.filter(({ mixed }) => mixed),
        most,
      ),
      ...spaced(
        windows.filter(({ flagged }) => flagged),
        most,
      ),
    ]);
    const judged: JudgedSegment[] = [];
    for (const window of chosen) {
      if (signal.aborted) return err('cancelled', 'The evaluation was cancelled.');
      const one = await judgeWindow(window, beats, options);
      if (!one.ok) return one;
      judged.push(one.value);
    }
    return ok(judged);
  } finally {
    await recording.close();
  }
}

interface Window {
  readonly index: number;
  readonly startS: number;
  readonly samples: Float32Array;
  readonly mixed: boolean;
  readonly flagged: boolean;
}

async function judgeWindow(
  { index, startS, samples, mixed, flagged }: Window,
  beats: readonly KnownBeat[],
  { model, shuffled, inference, signal }: JudgeOverlaysOptions,
): Promise<Result<JudgedSegment>> {
  const asked = { model, inference, signal };
  const trained = await explainWindow(asked, samples, { index, startS });
  if (!trained.ok) return trained;
  const other = await lookAtWindow({ ...asked, model: shuffled }, samples, { index, startS });
  if (!other.ok) return other;
  const { tokens, stepS } = trained.value;
  const abnormal = abnormalTokens(beats, startS, stepS, tokens);
  const hits = (values: Float32Array): boolean | null =>
    mixed ? abnormal[highest(values)] === 1 : null;
  const judge = (
    faithfulness: Faithfulness | null | undefined,
    values: Float32Array,
    unlearnt: Float32Array,
  ): JudgedOverlay => ({
    faithfulness: faithfulness!,
    hit: hits(values),
    shuffledHit: hits(unlearnt),
    shuffledRankCorrelation: rankCorrelation(values, unlearnt),
  });
  const meanAttention = ({ attention, heads }: Overlay): Float32Array =>
    meanOverHeads(attention, heads, tokens);
  return ok({
    mixed,
    flagged,
    chance: abnormal.reduce((sum, mark) => sum + mark, 0) / tokens,
    attention: judge(
      trained.value.faithfulness,
      meanAttention(trained.value),
      meanAttention(other.value),
    ),
    evidence: judge(
      trained.value.evidenceFaithfulness,
      trained.value.evidence,
      other.value.evidence,
    ),
  });
}

/** Probability of Abnormal of every row of standardised samples. */
async function probabilities(
  asked: JudgeOverlaysOptions,
  samples: Float32Array,
): Promise<Result<Float32Array>> {
  const { windowSamples } = asked.model.card;
  const abnormal = new Float32Array(samples.length / windowSamples);
  for (let first = 0; first < abnormal.length; first += BATCH_SEGMENTS) {
    const end = Math.min(abnormal.length, first + BATCH_SEGMENTS);
    const batch = samples.slice(first * windowSamples, end * windowSamples);
    const answered = await abnormalProbabilities(asked, batch);
    if (!answered.ok) return answered;
    abnormal.set(answered.value, first);
  }
  return ok(abnormal);
}

function spaced<T>(items: readonly T[], most: number): T[] {
  const stride = Math.max(1, items.length / most);
  const count = Math.min(items.length, most);
  return Array.from({ length: count }, (_, k) => items[Math.floor(k * stride)]!);
}

function highest(values: Float32Array): number {
  let best = 0;
  values.forEach((value, i) => {
    if (value > values[best]!) best = i;
  });
  return best;
}
