import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Trained networks (`member0.pt` ..., of the folds `fold0-0.pt` ...) stay in the run folder, and a run that was killed
 * takes them up again. Those of other data, another recipe or other code are not this model's: they go, and `run.json` notes what
 * the next ones are of.
 * @param sources folder of the Python that trains
 * @param recipe everything else that the networks depend on
 */
export async function dropOtherNetworks(
  run: string,
  sources: string,
  recipe: readonly string[],
): Promise<void> {
  const code = createHash('sha256');
  for (const name of (await readdir(sources)).filter((file) => file.endsWith('.py')).sort()) {
    code.update(await readFile(join(sources, name)));
  }
  const identity = JSON.stringify({ recipe, code: code.digest('hex') });
  const note = join(run, 'run.json');
  const known = await readFile(note, 'utf8').catch(() => null);
  if (known === identity) return;
  for (const name of await readdir(run)) {
    if (/^(member\d+|fold\d+-\d+)\.pt$/.test(name)) await rm(join(run, name));
  }
  await writeFile(note, identity);
}
