import { createHash } from 'node:crypto';
import { recordingIdOf } from '../base/recording-id';
import type { Stated } from '../base/stated-path';
import { analysisKey } from '../analysis/analysis-key';
import { modelSha256 } from '../inference/model-hash';
import type { ModelFiles } from '../inference/types';

/** Before the name of every key of ours in Redis. */
export const PREFIX = 'fiducial';
/** Set of the names of all queues. */
export const QUEUES_KEY = `${PREFIX}:queues`;

/** Hash of all predictions that are held, with what each takes (`createPlaces`). */
export const PLACES_KEY = `${PREFIX}-predictions`;
/** Which folder the servers of a queue share. */
export const FOLDER_KEY = `${PREFIX}-predictions-folder`;

/** How often a queue has been drained: whoever sees it change knows that what it waits for does not come. */
export const drainsKey = (queue: string): string => `${PREFIX}-drains:${queue}`;

const hash = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex');

/**
 * The queue of a model: there is one for every version of every network, its threshold and our own code. A worker takes
 * from the queue of what it has, so that two versions never answer in one run.
 */
export function queueNameOf(model: ModelFiles, version: string, what: Work = 'scan'): string {
  const { parameters } = analysisKey('', model, null);
  const kind = hash(modelSha256(model), parameters, version).slice(0, 12);
  return `${what}-${model.card.id.replace(/[^\w.-]/g, '_')}-${kind}`;
}

/** What is asked of a model: rows of a scan, or the answers of the predict API. */
export type Work = 'scan' | 'predict';

/** What makes a run another one: the same command, given again, finds what it left in the queue. */
export interface Run {
  readonly model: ModelFiles;
  /** Absolute path of the file that it writes. */
  readonly out: string;
  readonly reportDir: string | null;
  readonly lead: number | null;
  readonly stated: Stated;
}

/**
 * Name of a prediction's job, in Redis and on disk: whoever reads it there does not learn the id that fetches the answer.
 */
export function predictionNameOf(id: string): string {
  return `p${hash('prediction', id).slice(0, 48)}`;
}

export function runIdOf({ model, out, reportDir, lead, stated }: Run): string {
  const asked = JSON.stringify([lead, stated.samplingRateHz ?? null, stated.gainAduPerMv ?? null]);
  return hash('run', modelSha256(model), out, reportDir ?? '', asked).slice(0, 12);
}

/**
 * Name of a recording's job, from which nobody learns what it is called or where it lies. Another content is another job.
 * @param fingerprint of the recording's files (`recordFingerprint`)
 */
export function jobIdOf(run: string, path: string, fingerprint: string): string {
  // BullMQ takes digits alone for a number of its own.
  return `r${run}-${hash('job', recordingIdOf(path), path, fingerprint).slice(0, 32)}`;
}
