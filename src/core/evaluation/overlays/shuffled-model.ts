import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ModelFiles } from '../../inference/types';
import { seededRandom } from '../../base/seeded-random';
import { shuffleWeights } from './shuffle-weights';

/**
 * Writes a copy of a model's explain graph with its weights dealt out anew (`shuffleWeights`) into a folder. Weights
 * that the graph keeps in a file beside it are half precision (training/README.md) and are dealt out likewise.
 * @returns the copy, which answers `explain` only
 */
export async function shuffledModel(model: ModelFiles, folder: string): Promise<ModelFiles> {
  const { card, paths } = model;
  const graph = shuffleWeights(await readFile(paths.explain!), 1);
  const files: Record<string, { file: string; sha256: string }> = {};
  const write = async (key: string, file: string, bytes: Uint8Array): Promise<void> => {
    await writeFile(join(folder, file), bytes);
    files[key] = { file, sha256: createHash('sha256').update(bytes).digest('hex') };
  };
  await write('explain', 'shuffled.onnx', graph);
  const graphs = [card.files['scan']?.file, card.files['explain']?.file];
  for (const [key, { file }] of Object.entries(card.files)) {
    if (graphs.includes(file)) continue;
    await write(key, file, shuffleHalves(await readFile(join(dirname(paths.explain!), file))));
  }
  // A card of a model has a scan graph's hash (`modelSha256`).
  const scan = files['explain']!;
  return {
    card: { ...card, files: { ...files, scan } },
    paths: { explain: join(folder, scan.file) },
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
