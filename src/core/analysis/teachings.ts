import { LRUCache } from 'lru-cache';
import type { Segment, Teaching } from '../../shared/domain';
import type { Findings } from '../findings/findings';
import { answerTheSame, teachingOf, type OtherReading } from '../findings/teaching';
import type { ReviewedAnalysis } from '../review/readings';
import type { Store } from '../review/store/types';
import type { Models } from './models';

/** What reading a recording would teach a network, after the reader's decisions; null for an unknown analysis. */
export type TeachingOf = (analysisId: string, findings: Findings) => Promise<Teaching | null>;

export interface TeachingDependencies {
  readonly store: Pick<Store, 'analysis' | 'analysesOf'>;
  readonly models: Pick<Models, 'find'>;
  /** Null when there is no such analysis. */
  reviewed(analysisId: string): ReviewedAnalysis | null;
}

/** Other readings whose verdicts are at hand: every decision asks for them again. */
const KEPT = 8;

/** What one network said of a recording. */
interface Verdicts {
  readonly modelSha256: string;
  readonly segments: readonly Segment[];
}

export function createTeachings({ store, models, reviewed }: TeachingDependencies): TeachingOf {
  const kept = new LRUCache<string, Verdicts>({ max: KEPT });

  /** The latest analysis of the same recording by another model that answers the same question. */
  async function otherReading(analysisId: string): Promise<OtherReading | null> {
    const contentHash = contentOf(analysisId);
    if (contentHash === null) return null;
    const all = store.analysesOf(contentHash);
    const own = all.find((one) => one.analysisId === analysisId);
    if (!own) return null;
    const ownSha = reviewed(analysisId)?.modelSha256;
    for (const { analysisId: otherId, modelId } of all) {
      if (otherId === analysisId || !(await isComparable(own.modelId, modelId))) continue;
      const other = verdictsOf(otherId);
      // One of the same network differs by the lead it read, which says nothing about the model.
      if (other === null || other.modelSha256 === ownSha) continue;
      return { modelId, segments: other.segments };
    }
    return null;
  }

  const contents = new LRUCache<string, string>({ max: 64 });
  function contentOf(analysisId: string): string | null {
    const known = contents.get(analysisId) ?? store.analysis(analysisId)?.key.contentHash ?? null;
    if (known !== null) contents.set(analysisId, known);
    return known;
  }

  function verdictsOf(analysisId: string): Verdicts | null {
    const known = kept.get(analysisId);
    if (known) return known;
    const stored = store.analysis(analysisId);
    if (!stored) return null;
    const read = { modelSha256: stored.key.modelSha256, segments: stored.result.segments };
    kept.set(analysisId, read);
    return read;
  }

  async function isComparable(one: string, other: string): Promise<boolean> {
    if (one === other) return true;
    const [first, second] = await Promise.all([models.find(one), models.find(other)]);
    return (
      first.ok && second.ok && answerTheSame(first.value.card.scheme, second.value.card.scheme)
    );
  }

  return async (analysisId, findings) => {
    const analysis = reviewed(analysisId);
    if (!analysis) return null;
    return teachingOf({
      analysableS: findings.analysableS,
      findings: findings.findings,
      // As the models gave them: rules that stand on top would differ from neither.
      segments: analysis.result.segments,
      unlike: analysis.result.unlike ?? null,
      other: await otherReading(analysisId),
    });
  };
}
