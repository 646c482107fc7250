import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprintsBeside, fingerprintsOf } from '../../src/core/evaluation/trained-on';
import { openRecording } from '../../src/core/formats/list';
import { TRAINED_ON_FILE } from '../../src/core/inference/load-models';
import type { ModelFiles } from '../../src/core/inference/types';

/** A recording that a model learned from, and what its card calls it. */
export interface Learned {
  readonly path: string;
  readonly name: string;
}

/**
 * Writes beside a model what it learned from: the fingerprints of these recordings, and of those that the model before
 * it learned from. A recording without samples (rhythms alone) has none.
 * @param before the model that this one was started from; null for none
 * @returns how many recordings are told by their samples now
 */
export async function writeTrainedOn(
  folder: string,
  learned: readonly Learned[],
  before: ModelFiles | null,
): Promise<number> {
  const found = before === null ? {} : await fingerprintsBeside(before);
  for (const { path, name } of learned) {
    const opened = await openRecording(path);
    if (!opened.ok) continue;
    const prints = await fingerprintsOf(opened.value);
    await opened.value.close();
    if (prints.ok) for (const print of prints.value) found[print] = name;
  }
  await writeFile(join(folder, TRAINED_ON_FILE), `${JSON.stringify(found, null, 1)}\n`);
  return new Set(Object.values(found)).size;
}
