/**
 * Writes resources/models/trained-on.json: the fingerprints of the recordings that the models learned from. Those that stand
 * in it already are kept where a card still names their recording.
 *   node scripts/run-ts.mjs scripts/trained-on.ts DB...
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprintsBeside, fingerprintsOf } from '../src/core/evaluation/trained-on';
import { openRecording } from '../src/core/formats/list';
import { loadModels, TRAINED_ON_FILE } from '../src/core/inference/load-models';
import { projectDir } from '../src/core/processes/entries';
import { findRecords } from '../src/core/recordings/find-records';
import type { Result } from '../src/shared/domain';

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const folder = join(projectDir(), 'resources', 'models');
const { models } = valueOf(await loadModels(folder));
const wanted = new Set(models.flatMap(({ card }) => card.training.records));
const before = models[0] ? await fingerprintsBeside(models[0]) : {};
const found = Object.fromEntries(Object.entries(before).filter(([, name]) => wanted.has(name)));
for (const path of valueOf(await findRecords(process.argv.slice(2))).paths) {
  const recording = valueOf(await openRecording(path));
  if (wanted.has(recording.name)) {
    for (const print of valueOf(await fingerprintsOf(recording))) found[print] = recording.name;
    wanted.delete(recording.name);
  }
  await recording.close();
}
await writeFile(join(folder, TRAINED_ON_FILE), `${JSON.stringify(found, null, 1)}\n`);
console.log(
  `${new Set(Object.values(found)).size} recordings; without a file here: ${[...wanted].join(' ') || 'none'}`,
);
