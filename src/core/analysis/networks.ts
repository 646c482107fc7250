import type { Adoption, Handlers, KnownNetwork } from '../../shared/contract';
import { BEAT_CLASSES, isFlagged, ok, type Segment } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { AdoptedModels } from '../inference/adopted-models';
import { modelKey, modelSha256 } from '../inference/model-hash';
import { NOBODY, type Readings, type RecordingReading } from '../review/readings';
import type { Analyses } from './analyses';
import type { Models } from './models';

export interface Networks {
  /** Every network, and who took which into use. */
  known(): Promise<{ every: KnownNetwork[]; adoptions: Adoption[] }>;
  readonly handlers: Pick<Handlers, 'models.adopt' | 'models.rollback'>;
}

/** Networks to choose from, and the adoption of one by a person. */
export function createNetworks(models: Models, adopted: AdoptedModels): Networks {
  return {
    async known() {
      const [every, used, shipped, now] = await Promise.all([
        models.every(),
        models.list(),
        models.shipped(),
        adopted.now(),
      ]);
      const hashes = (list: typeof used): ReadonlySet<string> =>
        new Set(list.ok ? list.value.map(modelSha256) : []);
      const inUse = hashes(used);
      const own = hashes(shipped);
      const seen = new Set<string>();
      return {
        every: (every.ok ? every.value : []).flatMap((model) => {
          const key = modelKey(model);
          if (seen.has(key)) return [];
          seen.add(key);
          const sha256 = modelSha256(model);
          return [{ key, card: model.card, inUse: inUse.has(sha256), shipped: own.has(sha256) }];
        }),
        adoptions: now.ok ? [...now.value.steps] : [],
      };
    },
    handlers: {
      'models.adopt': ({ key, reader }) => adopted.adopt(key, reader),
      async 'models.rollback'({ modelId, reader }) {
        const shipped = await models.shipped();
        const own = shipped.ok ? shipped.value.find(({ card }) => card.id === modelId) : undefined;
        return adopted.rollback(modelId, reader, own?.card.version ?? '');
      },
    },
  };
}

export interface CompareDependencies {
  readonly models: Models;
  readonly analyses: Pick<Analyses, 'complete' | 'handlers' | 'leadRead' | 'reviewed'>;
  readonly readings: Readings;
}

/**
 * Sets what another network says of a recording beside what one said, before any decision: of the lead that was read, where it
 * was one alone. That a network of single leads chose one by itself tells a network of heartbeats nothing.
 */
export function compareHandler({
  models,
  analyses,
  readings,
}: CompareDependencies): Pick<Handlers, 'models.compare'> {
  return {
    async 'models.compare'({ analysisId, modelId }, { signal }) {
      const model = await models.find(modelId);
      if (!model.ok) return model;
      const status = await analyses.handlers['analysis.status']({ analysisId }, { signal });
      if (!status.ok) return status;
      if (status.value.state !== 'done') return errSaid('conflict', 'failures.needsAnalysis');
      const key = modelKey(model.value);
      const readsBeats = analyses.reviewed(analysisId)?.result.origin?.findsBeats === true;
      const isOwnChoice = model.value.card.kind === 'beat-attention' && !readsBeats;
      const lead = isOwnChoice ? null : analyses.leadRead(analysisId);
      const wanted = { modelId: key, lead, signal };
      const other = await analyses.complete(status.value.recordingId, wanted);
      if (!other.ok) return other;
      const before = await readings.of(analysisId, NOBODY);
      if (!before.ok) return before;
      const after = await readings.of(other.value.analysisId, NOBODY);
      if (!after.ok) return after;
      const { version } = model.value.card;
      return ok({ key, version, ...compared(before.value, after.value) });
    },
  };
}

function compared(before: RecordingReading, after: RecordingReading) {
  // Times of one grid are the same but for rounding.
  const at = ({ startS }: Segment): string => startS.toFixed(2);
  const byStart = new Map(after.segments.map((segment) => [at(segment), segment]));
  const pairs = before.segments.flatMap((one) => {
    const other = byStart.get(at(one));
    return other ? [{ one, other }] : [];
  });
  const changed = pairs.filter(({ one, other }) => isFlagged(one) !== isFlagged(other));
  const beats = (name: 'V' | 'S') => {
    const count = ({ beats: { beatClass } }: RecordingReading): number =>
      beatClass.reduce((sum, own) => sum + (BEAT_CLASSES[own] === name ? 1 : 0), 0);
    return { before: count(before), after: count(after) };
  };
  return {
    flagsGone: changed.filter(({ one }) => isFlagged(one)).length,
    flagsNew: changed.filter(({ other }) => isFlagged(other)).length,
    flagsBoth: pairs.filter(({ one, other }) => isFlagged(one) && isFlagged(other)).length,
    changed: changed.map(({ one, other }) => ({
      segment: one.index,
      startS: one.startS,
      endS: one.endS,
      before: one.verdict,
      after: other.verdict,
      probabilityBefore: one.probability,
      probabilityAfter: other.probability,
    })),
    ventricularBeats: beats('V'),
    supraventricularBeats: beats('S'),
  };
}
