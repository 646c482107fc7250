import { BEAT_CLASSES, type Result, ok } from '../../../shared/domain';
import type { StretchBeats } from '../../analysis/beat-model/beat-stretch';
import { segmentGrid, segmentStartS } from '../../dsp';
import type { Inference, ModelFiles } from '../../inference/types';
import type { Pool } from '../../workers/types';
import { openAnnotated } from '../../recordings/open-annotated';
import { attendSegment, beatBadge, occlude } from '../../analysis/overlays/beat-explain';
import { beatsIn } from '../../analysis/beats-in';
import { labelBeats } from '../beat-labels';
import { beatPlan, readStretch } from '../../analysis/beat-model/beat-plan';
import { seededRandom } from '../../base/seeded-random';

/** Sums over mixed segments: those in which the reference has both N beats and abnormal ones. */
export interface BeatFaithfulness {
  readonly segments: number;
  /** The most attended beat is one annotated abnormal (pointing game; Zhang et al., ECCV 2016). */
  readonly hits: number;
  /** The same for the beat with the most evidence, and for a beat taken at random. */
  readonly evidenceHits: number;
  readonly randomHits: number;
  /** Sum of the drop of logit(Abnormal) when the most attended beat is left out. */
  readonly topDropLogit: number;
  /** The same for a beat taken at random: the mean over all beats of the segment. */
  readonly randomDropLogit: number;
  /** Segments whose own drop says that the overlay can be trusted: the badge in the viewer. */
  readonly faithful: number;
  /** With the network's weights shuffled: hits, and the sum of the overlap of the two attentions (1 is the same). */
  readonly shuffledHits: number;
  readonly shuffledOverlap: number;
}

export interface BeatFaithfulnessOptions {
  readonly model: ModelFiles;
  /** The same model with its weights shuffled (`shuffleWeights`), or null to leave that out. */
  readonly shuffled: ModelFiles | null;
  readonly pool: Pool;
  readonly inference: Inference;
  readonly annotator?: string;
  /** Index of the lead to read in every record; by default the model chooses. */
  readonly lead?: number | null;
  /** Mixed segments per record at most, evenly spaced. */
  readonly most?: number;
  readonly signal: AbortSignal;
}

export const NO_BEAT_FAITHFULNESS: BeatFaithfulness = {
  segments: 0,
  hits: 0,
  evidenceHits: 0,
  randomHits: 0,
  topDropLogit: 0,
  randomDropLogit: 0,
  faithful: 0,
  shuffledHits: 0,
  shuffledOverlap: 0,
};

/** Sum of two records' figures. */
export function addFaithfulness(a: BeatFaithfulness, b: BeatFaithfulness): BeatFaithfulness {
  const keys = Object.keys(a) as (keyof BeatFaithfulness)[];
  return Object.fromEntries(
    keys.map((key) => [key, a[key] + b[key]]),
  ) as unknown as BeatFaithfulness;
}

/**
 * Asks of one annotated record whether attention points at the beats that matter: the pointing game, the deletion of
 * the top beat against that of a random one, and the sanity check of Adebayo et al. (NeurIPS 2018) that the overlay
 * changes when the weights are shuffled.
 */
export async function beatFaithfulness(
  path: string,
  options: BeatFaithfulnessOptions,
): Promise<Result<BeatFaithfulness>> {
  const { model, shuffled, pool, inference, annotator = 'atr', most = 40, signal } = options;
  const { lead = null } = options;
  const opened = await openAnnotated(path, annotator);
  if (!opened.ok) return opened;
  const { recording, annotations, rateHz } = opened.value;
  try {
    const input = { recording, model, lead, pool, inference, signal };
    const plan = beatPlan(input);
    if (!plan.ok) return plan;
    const { durationS, windowS, hopS } = plan.value;
    const read = await readStretch(input, plan.value, {
      startS: 0,
      endS: durationS,
      fromS: 0,
      toS: durationS,
    });
    if (!read.ok) return read;
    const { tokens } = read.value;
    const abnormal = labelBeats(tokens.timeS, annotations, rateHz).map((label) =>
      label !== 0 && label !== BEAT_CLASSES.indexOf('Q') ? 1 : 0,
    );
    const grid = segmentGrid(durationS, windowS, hopS, 'plain');
    const starts = Array.from({ length: grid.count }, (_, i) => segmentStartS(grid, i));
    const mixed = starts
      .map((startS) => beatsIn(tokens.timeS, startS, startS + windowS))
      .filter(([first, end]) => isMixed(abnormal, first, end));
    const stride = Math.max(1, mixed.length / most);
    let sum = NO_BEAT_FAITHFULNESS;
    const random = seededRandom(1);
    for (let k = 0; Math.floor(k) < mixed.length; k += stride) {
      const [first, end] = mixed[Math.floor(k)]!;
      const one = await judgeSegment(
        { model, shuffled, inference, signal, plan: plan.value },
        tokens,
        abnormal,
        first,
        end,
        random,
      );
      if (!one.ok) return one;
      sum = addFaithfulness(sum, one.value);
    }
    return ok(sum);
  } finally {
    await recording.close();
  }
}

function isMixed(abnormal: Int8Array, first: number, end: number): boolean {
  const own = abnormal.subarray(first, end);
  return own.includes(1) && own.includes(0);
}

async function judgeSegment(
  {
    model,
    shuffled,
    inference,
    signal,
    plan,
  }: Pick<BeatFaithfulnessOptions, 'model' | 'shuffled' | 'inference' | 'signal'> & {
    readonly plan: Parameters<typeof occlude>[1];
  },
  tokens: StretchBeats,
  abnormal: Int8Array,
  first: number,
  end: number,
  random: () => number,
): Promise<Result<BeatFaithfulness>> {
  const occlusion = await occlude({ model, inference, signal }, plan, tokens, first, end);
  if (!occlusion.ok) return occlusion;
  const { whole, drops } = occlusion.value;
  const count = end - first;
  const top = largest(whole.attention);
  const randomDropLogit = drops.reduce((total, drop) => total + drop, 0) / count;
  const badge = await beatBadge({ model, inference, signal }, plan, tokens, first, end, whole);
  if (!badge.ok) return badge;
  let shuffledHits = 0;
  let shuffledOverlap = 0;
  if (shuffled) {
    const other = await attendSegment(
      { model: shuffled, inference, signal },
      plan,
      tokens,
      first,
      end,
    );
    if (!other.ok) return other;
    shuffledHits = abnormal[first + largest(other.value.attention)]!;
    whole.attention.forEach((share, i) => {
      shuffledOverlap += Math.min(share, other.value.attention[i]!);
    });
  }
  return ok({
    segments: 1,
    hits: abnormal[first + top]!,
    evidenceHits: abnormal[first + largest(whole.evidence)]!,
    randomHits: abnormal[first + Math.floor(random() * count)]!,
    topDropLogit: drops[top]!,
    randomDropLogit,
    faithful: badge.value?.faithful ? 1 : 0,
    shuffledHits,
    shuffledOverlap,
  });
}

function largest(values: Float32Array): number {
  return values.indexOf(Math.max(...values));
}
