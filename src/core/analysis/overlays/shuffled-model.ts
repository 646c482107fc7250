import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ModelFiles } from '../../inference/types';
import { seededRandom } from '../../seeded-random';
import { shuffleWeights } from './shuffle-weights';

/**
 * Writes a copy of a model's explain graph with its weights dealt out anew (`shuffleWeights`) into a folder. Weights
 * that the graph keeps in a file beside it are half precision (training/README.md) and are dealt out likewise.
 * @returns the copy, which answers `explain` only
 */
export async function shuffledModel(model: ModelFiles, folder: string): Promise<ModelFiles> {
  const { card, paths } = model;
  const graph = shuffleWeights(await readFile(paths.explain!), 1);
  const hash = createHash('sha256').update(graph);
  const file = 'shuffled.onnx';
  await writeFile(join(folder, file), graph);
  const graphs = [card.files['scan']?.file, card.files['explain']?.file];
  for (const { file: beside } of Object.values(card.files)) {
    if (graphs.includes(beside)) continue;
    const bytes = shuffleHalves(await readFile(join(dirname(paths.explain!), beside)));
    hash.update(bytes);
    await writeFile(join(folder, beside), bytes);
  }
  // Sessions are kept by the hash of their file, so the copy needs its own.
  const entry = { file, sha256: hash.digest('hex') };
  return {
    card: { ...card, files: { scan: entry, explain: entry } },
    paths: { explain: join(folder, file) },
  };
}

/** A copy whose 16-bit numbers are dealt out anew. */
function shuffleHalves(bytes: Uint8Array): Uint8Array {
  const halves = new Uint16Array(Uint8Array.from(bytes).buffer);
  const random = seededRandom(2);
  for (let i = halves.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [halves[i], halves[j]] = [halves[j]!, halves[i]!];
  }
  return new Uint8Array(halves.buffer);
}
