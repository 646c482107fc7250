import { expect, it } from 'vitest';
import {
  err,
  ok,
  type ModelCard,
  type Segment,
  type Teaching,
  type Verdict,
} from '../../shared/domain';
import { DEFAULT_FINDING_THRESHOLDS } from '../../shared/domain';
import { findingsOf } from '../findings/findings';
import { analysedSignal } from '../review/readings';
import type { AnalysisResult, StoredAnalysis } from '../review/store/types';
import { createTeachings } from './teachings';

const segment = (index: number, verdict: Verdict): Segment => ({
  ...{ index, startS: 10 * index, endS: 10 * index + 10, verdict, reason: null, refer: false },
  probability: 0.1,
});
const result = (verdicts: readonly Verdict[]): AnalysisResult => ({
  segments: verdicts.map((verdict, i) => segment(i, verdict)),
  beats: {
    timeS: new Float64Array(0),
    beatClass: new Uint8Array(0),
    confidence: new Float32Array(0),
    attention: new Float32Array(0),
  },
  episodes: [],
  unlike: { beats: 3, of: 50 },
});
const FIRST: readonly Verdict[] = ['Normal', 'Normal', 'Abnormal', 'Normal'];
const OTHER: readonly Verdict[] = ['Abnormal', 'Normal', 'Normal', 'Normal'];

/**
 * @param analyses of one recording, the latest first
 * @param asked ids, one after the other
 * @returns what is said of the last
 */
async function teachings(
  analyses: readonly { id: string; modelId: string; sha: string }[],
  asked: readonly string[] = ['a'],
) {
  const stored = new Map(
    analyses.map(({ id, modelId, sha }) => [
      id,
      {
        analysisId: id,
        key: { contentHash: 'c', modelSha256: sha, parameters: '' },
        modelId,
        result: result(id === 'a' ? FIRST : OTHER),
      } as StoredAnalysis,
    ]),
  );
  const schemes: Record<string, string> = { one: 'review', two: 'review', three: 'majority' };
  const teaching = createTeachings({
    store: {
      analysis: (id) => stored.get(id) ?? null,
      analysesOf: () =>
        analyses.map(({ id: analysisId, modelId }) => ({
          ...{
            contentHash: 'c',
            analysisId,
            modelId,
            acts: 0,
            isCounted: true,
            flagged: 0,
            decided: 0,
            needReader: null,
            figures: null,
          },
        })),
    },
    models: {
      find: async (id) =>
        schemes[id!]
          ? ok({ card: { scheme: schemes[id!] } as ModelCard, paths: { scan: '', explain: '' } })
          : err('not-found', 'There is no such model.'),
    },
    reviewed: (id) => {
      const one = stored.get(id);
      return one ? { result: one.result, isDone: true, modelSha256: one.key.modelSha256 } : null;
    },
  });
  const found = findingsOf(analysedSignal(result(FIRST), true), DEFAULT_FINDING_THRESHOLDS);
  let said: Teaching | null = null;
  for (const id of asked) said = await teaching(id, found);
  return said;
}
const a = { id: 'a', modelId: 'one', sha: '1' };

it('holds an analysis against the latest one by another network that answers the same question', async () => {
  const others = [
    { id: 'd', modelId: 'three', sha: '3' },
    { id: 'c', modelId: 'gone', sha: '4' },
    { id: 'b', modelId: 'two', sha: '2' },
  ];
  expect(await teachings([...others, a])).toMatchObject({
    unlike: { beats: 3, of: 50 },
    differing: { segments: 2, modelId: 'two' },
  });
});

it('takes another version of the same model for another one, and another lead of it for none', async () => {
  const version = { id: 'b', modelId: 'one', sha: '2' };
  expect((await teachings([version, a]))?.differing).toEqual({ segments: 2, modelId: 'one' });
  expect((await teachings([{ ...version, sha: '1' }, a]))?.differing).toBeNull();
  expect(await teachings([])).toBeNull();
});

it('holds no two leads of one network against each other after another network was held against one', async () => {
  const lead = { id: 'lead', modelId: 'one', sha: '1' };
  const two = { id: 'b', modelId: 'two', sha: '2' };
  const said = await teachings([lead, two, a], ['b', 'a']);
  expect(said?.differing).toMatchObject({ modelId: 'two' });
});
