import { copyFile, mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { compareModels, type ModelComparison } from '../../src/core/evaluation/compare-models';
import { annotatedBeats, flutterSpans } from '../../src/core/evaluation/ec57-beats';
import { openRecording } from '../../src/core/formats/list';
import { modelAt } from '../../src/core/inference/load-models';
import type { Inference } from '../../src/core/inference/types';
import { openAnnotated } from '../../src/core/recordings/open-annotated';
import { createRecordingCache } from '../../src/core/recordings/recording-cache';
import { createService, type Service } from '../../src/core/service';
import { OUR_SETTINGS } from '../../src/core/settings/stored-settings';
import type { Pool } from '../../src/core/workers/types';
import type { Result } from '../../src/shared/domain';
import { valueOf } from '../train/stages';
import { READERS, simulatedDecisions, type ReaderKind } from './reader';

export interface CorrectionsOptions {
  readonly pool: Pool;
  readonly inference: Inference;
  /** Headers of the records that simulated readers correct, with `.atr` beside them. */
  readonly corrected: readonly string[];
  /** And of those that networks are compared on. */
  readonly judged: readonly string[];
  /** Folder of the network that is corrected. */
  readonly base: string;
  /** Folder for the store, datasets and networks. */
  readonly run: string;
  readonly draws: number;
  readonly log: (line: string) => void;
  /** Told of each reader's as soon as there is one: the next takes as long again. */
  readonly onOutcome?: (outcome: CorrectionsOutcome) => Promise<void>;
  /** Trains the network further with a dataset of reviews. @returns folder of the new one */
  train(dataset: string, kind: ReaderKind): Promise<string>;
}

/** What came of one reader's decisions. */
export interface CorrectionsOutcome {
  readonly kind: ReaderKind;
  readonly corrected: number;
  readonly confirmed: number;
  readonly beats: number;
  readonly dataset: string;
  readonly comparison: ModelComparison;
}

const context = { signal: new AbortController().signal };

/**
 * The loop from corrections to a better network, with readers who see what the reference says: a network reads some records,
 * each reader decides through the contract, the decisions are written as a dataset, a network learns them, and both are
 * compared on other records. The networks see no reference of the records that are corrected but through decisions.
 * @throws Error with a sentence for a person
 */
export async function simulateCorrections(
  options: CorrectionsOptions,
): Promise<readonly CorrectionsOutcome[]> {
  const { run, base, log } = options;
  const [store, records] = [join(run, 'store'), join(run, 'records')];
  for (const folder of [store, records]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  }
  const read: Omit<CorrectionsOutcome, 'comparison'>[] = [];
  const { pool, inference } = options;
  const service = valueOf(
    await createService({
      ...{ pool, inference, dataDir: store, modelsDir: base, host: 'cli', version: 'simulated' },
      emit: () => undefined,
    }),
  );
  try {
    const counts = READERS.map((kind) => ({ kind, corrected: 0, confirmed: 0, beats: 0 }));
    for (const path of options.corrected) {
      const done = await readRecord(service, path, records);
      done.forEach((one, i) => {
        counts[i]!.corrected += one.corrected;
        counts[i]!.confirmed += one.confirmed;
        counts[i]!.beats += one.beats;
      });
      log(`read ${basename(path, '.hea')}`);
    }
    for (const count of counts) {
      const dataset = join(run, count.kind, 'set');
      await rm(dataset, { recursive: true, force: true });
      await mkdir(dirname(dataset), { recursive: true });
      const wanted = { folder: dataset, reader: count.kind, sinceMs: null, identity: true };
      const { rows } = valueOf(await service.writeDataset({ ...wanted, ...context }));
      const failed = rows.find(({ problem }) => problem);
      if (failed) throw new Error(failed.problem!.message);
      log(
        `${count.kind}: ${count.corrected} beats corrected and ${count.confirmed} confirmed of ${count.beats}`,
      );
      read.push({ ...count, dataset });
    }
  } finally {
    await service.close();
  }
  const outcomes: CorrectionsOutcome[] = [];
  for (const one of read) {
    const trained = await options.train(one.dataset, one.kind);
    const outcome = { ...one, comparison: await compared(base, trained, options) };
    await options.onOutcome?.(outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

/** Copies a record without its reference, has it read, and lets every reader decide on it. */
async function readRecord(
  service: Service,
  path: string,
  folder: string,
): Promise<readonly { corrected: number; confirmed: number; beats: number }[]> {
  const annotated = valueOf(await openAnnotated(path, 'atr'));
  const { recording, annotations, rateHz } = annotated;
  await recording.close();
  const reference = annotatedBeats(annotations, rateHz);
  const flutter = flutterSpans(annotations, rateHz);
  const copy = join(folder, basename(path));
  await copyFile(path, copy);
  await copyFile(path.replace(/\.hea$/, '.dat'), copy.replace(/\.hea$/, '.dat'));
  const { entries } = valueOf(await service.admit([copy]));
  const asked = { modelId: 'beat-attention', lead: null, ...context };
  const { analysisId } = valueOf(await service.complete(entries[0]!.recordingId, asked));
  const { beats } = valueOf(await service.handlers['analysis.beats']({ analysisId }, context));
  const counts = [];
  for (const reader of READERS) {
    const { edits, ...count } = simulatedDecisions(beats, reference, flutter, reader);
    for (const edit of edits) {
      const decided: Result<unknown> = await service.handlers['review.decide'](
        { analysisId, edit, reader },
        context,
      );
      valueOf(decided);
    }
    counts.push({ ...count, beats: reference.timeS.length });
  }
  return counts;
}

async function compared(
  before: string,
  after: string,
  { pool, inference, judged, draws, log }: CorrectionsOptions,
): Promise<ModelComparison> {
  const models = [valueOf(await modelAt(before)), valueOf(await modelAt(after))] as const;
  const recordings = createRecordingCache(openRecording);
  try {
    const comparison = valueOf(
      await compareModels({
        ...{ pool, inference, recordings, annotator: 'atr', models, paths: judged, ...context },
        settings: () => OUR_SETTINGS,
        bootstrap: { draws },
        onRecord: (done, record) => log(`compared ${done}/${judged.length} ${record}`),
      }),
    );
    const [problem] = comparison.problems;
    if (problem) throw new Error(problem.message);
    return comparison;
  } finally {
    await recordings.close();
  }
}
