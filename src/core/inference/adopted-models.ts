import { existsSync } from 'node:fs';
import { copyFile, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { writeFailure } from '../base/file-failure';
import { makeFolder } from '../base/make-folder';
import { writeThrough } from '../base/write-through';
import {
  adoptionsStamp,
  before,
  inUse,
  readAdoptions,
  writeAdoptions,
  type AdoptionStep,
} from './adoptions';
import { loadModel, loadModels, modelAt, TRAINED_ON_FILE, type RefusedModel } from './load-models';
import { modelKey, modelSha256 } from './model-hash';
import type { ModelFiles } from './types';

/** Networks that a person brought in, and which of them are in use. */
export interface AdoptedNow {
  /** Every network of the folder that can be used, in use or not. */
  readonly kept: readonly ModelFiles[];
  /** In use instead of the shipped ones of their ids. */
  readonly current: readonly ModelFiles[];
  /** Adopted, and not to be used: their files are not what was adopted. */
  readonly refused: readonly RefusedModel[];
  readonly steps: readonly AdoptionStep[];
}

export interface AdoptedModels {
  now(): Promise<Result<AdoptedNow>>;
  /** Changes with every adoption, whichever process made it. */
  stamp(): Promise<string>;
  /**
   * Copies a model into the folder, whole or not at all. It is used by nobody yet.
   * @param from folder or card of one model
   * @returns `bad-model` for one whose card and files disagree, `not-found`, `not-writable`
   */
  add(from: string): Promise<Result<ModelFiles>>;
  /** Takes a network that was added into use. @returns `not-found`, `conflict` where it is in use, `bad-input` */
  adopt(key: string, reader: string): Promise<Result<AdoptionStep>>;
  /** Goes back to the network before. @param shippedVersion of what was shipped. @returns `conflict` without one */
  rollback(modelId: string, reader: string, shippedVersion: string): Promise<Result<AdoptionStep>>;
}

/** @param folder of the application's data; made when something is added */
export function createAdoptedModels(folder: string, nowMs: () => number = Date.now): AdoptedModels {
  const now: AdoptedModels['now'] = async () => {
    const steps = await readAdoptions(folder);
    if (!steps.ok) return steps;
    const kept: ModelFiles[] = [];
    for (const place of await places(folder)) {
      const loaded = await loadModels(place);
      if (loaded.ok) kept.push(...loaded.value.models);
    }
    const current: ModelFiles[] = [];
    const refused: RefusedModel[] = [];
    for (const id of new Set(steps.value.map(({ modelId }) => modelId))) {
      const sha256 = inUse(steps.value, id);
      if (sha256 === '') continue;
      const model = kept.find((one) => one.card.id === id && modelSha256(one) === sha256);
      if (model) current.push(model);
      else refused.push({ id, error: notAsAdopted(folder, id, sha256) });
    }
    return ok({ kept, current, refused, steps: steps.value });
  };

  async function step(one: Omit<AdoptionStep, 'atMs'>): Promise<Result<AdoptionStep>> {
    if (one.reader.trim() === '') return errSaid('bad-input', 'files.adoptNobody');
    const steps = await readAdoptions(folder);
    if (!steps.ok) return steps;
    const made = { ...one, atMs: nowMs() };
    const written = await writeAdoptions(folder, [...steps.value, made]);
    return written.ok ? ok(made) : written;
  }

  return {
    now,
    async stamp() {
      return `${await adoptionsStamp(folder)} ${(await places(folder)).join()}`;
    },
    async add(from) {
      const model = await modelAt(from);
      if (!model.ok) return model;
      const { card, cardPath, paths } = model.value;
      const place = join(folder, modelKey(model.value).replace('@', '-'));
      try {
        const beside = dirname(Object.values(paths)[0]!);
        const learned = join(dirname(cardPath), TRAINED_ON_FILE);
        await writeThrough(place, async (part) => {
          await makeFolder(part);
          for (const { file } of Object.values(card.files))
            await copyFile(join(beside, file), join(part, file));
          await copyFile(cardPath, join(part, `${card.id}.json`));
          if (existsSync(learned)) await copyFile(learned, join(part, TRAINED_ON_FILE));
          await rm(place, { recursive: true, force: true });
        });
      } catch (cause) {
        return writeFailure(place, cause);
      }
      return loadModel(join(place, `${card.id}.json`));
    },
    async adopt(key, reader) {
      const known = await now();
      if (!known.ok) return known;
      const model = known.value.kept.find((one) => modelKey(one) === key);
      if (!model) return errSaid('not-found', 'files.adoptUnknown', { key });
      const { id: modelId, version } = model.card;
      const sha256 = modelSha256(model);
      if (inUse(known.value.steps, modelId) === sha256)
        return errSaid('conflict', 'files.adoptInUse', { model: modelId, version });
      return step({ kind: 'adopt', modelId, version, sha256, reader });
    },
    async rollback(modelId, reader, shippedVersion) {
      const known = await now();
      if (!known.ok) return known;
      const sha256 = before(known.value.steps, modelId);
      if (sha256 === null) return errSaid('conflict', 'files.adoptNothing', { model: modelId });
      const adopted = known.value.steps.find((one) => one.sha256 === sha256 && sha256 !== '');
      const version = adopted?.version ?? shippedVersion;
      return step({ kind: 'rollback', modelId, version, sha256, reader });
    },
  };
}

function notAsAdopted(folder: string, id: string, sha256: string): RefusedModel['error'] {
  const key = `${id}@${sha256.slice(0, 12)}`;
  return errSaid('bad-model', 'files.notAsAdopted', { folder, key }).error;
}

/** Folders that hold a network each. */
async function places(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(folder, name))
    .sort();
}
