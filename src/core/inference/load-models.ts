import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { err, ModelCard, ok, type Failure, type Result } from '../../shared/domain';
import { graphDisagreement } from './check-graph';
import { readOnnx } from './onnx-file';
import type { GraphVariant, ModelFiles } from './types';

export interface LoadedModels {
  /** In the order of their ids. */
  readonly models: readonly ModelFiles[];
  /** Why each of the others is not among them; the sentence names its card. */
  readonly refused: readonly Failure[];
}

const VARIANTS: readonly GraphVariant[] = ['scan', 'explain'];

/**
 * Reads every model of a directory: each `*.json` in it or in a folder directly under it is a card, and the
 * files that it names lie beside it. A model is refused (`bad-model`) when its card breaks the schema, a file's
 * SHA-256 is not the card's, weights lie in a file that the card does not name, or card and graph disagree.
 * @param dir absolute path of the model directory; one that does not exist holds no models
 * A refused model is left out and named; the others are there. Of two with one id the second is refused.
 * @returns `not-readable` for a directory that cannot be listed
 */
export async function loadModels(dir: string): Promise<Result<LoadedModels>> {
  const cards = await findCards(dir);
  if (!cards.ok) return cards;
  const models: ModelFiles[] = [];
  const refused: Failure[] = [];
  for (const path of cards.value) {
    const model = await loadModel(path);
    if (!model.ok) {
      refused.push(model.error);
      continue;
    }
    const { id } = model.value.card;
    if (models.some(({ card }) => card.id === id)) {
      const message = `${path}: there are two models with id ${id}.`;
      refused.push({ code: 'bad-model', message });
    } else models.push(model.value);
  }
  return ok({ models: models.sort((a, b) => a.card.id.localeCompare(b.card.id)), refused });
}

/** Reads one card and checks its files against it, as `loadModels` does. */
export async function loadModel(cardPath: string): Promise<Result<ModelFiles>> {
  const card = await readCard(cardPath);
  if (!card.ok) return card;
  const { id, files } = card.value;
  const refuse = (why: string): Result<never> => err('bad-model', `${cardPath}: ${why}.`);

  const contents = new Map<string, Buffer>();
  for (const { file, sha256 } of Object.values(files)) {
    if (file !== basename(file) || file === '' || file === '..') {
      return refuse(`"${file}" is not a file name beside the card`);
    }
    let bytes: Buffer;
    try {
      bytes = await readFile(join(dirname(cardPath), file));
    } catch (error) {
      return refuse(`${file} cannot be read (${(error as Error).message})`);
    }
    if (createHash('sha256').update(bytes).digest('hex') !== sha256.toLowerCase()) {
      return refuse(`${file} does not have the SHA-256 that the card gives`);
    }
    contents.set(file, bytes);
  }

  const paths: Partial<Record<GraphVariant, string>> = {};
  for (const variant of VARIANTS) {
    const file = files[variant]?.file;
    if (file === undefined) continue;
    let summary;
    try {
      summary = readOnnx(contents.get(file)!);
    } catch (error) {
      return refuse(`${file} is not an ONNX model: ${(error as Error).message}`);
    }
    const unnamed = summary.externalFiles.find((external) => !contents.has(external));
    if (unnamed)
      return refuse(`${file} keeps weights in "${unnamed}", which the card does not name`);
    const disagreement = graphDisagreement(card.value, variant, summary);
    if (disagreement) return refuse(`${file}: ${disagreement}`);
    paths[variant] = join(dirname(cardPath), file);
  }
  if (Object.keys(paths).length === 0) return refuse(`model ${id} names no scan or explain graph`);
  return ok({ card: card.value, paths });
}

async function readCard(path: string): Promise<Result<ModelCard>> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return err('bad-model', `${path}: the card cannot be read (${(error as Error).message}).`);
  }
  const card = ModelCard.safeParse(json);
  if (card.success) return ok(card.data);
  const issue = card.error.issues[0]!;
  return err('bad-model', `${path}: card field ${issue.path.join('.')}: ${issue.message}.`);
}

async function findCards(dir: string): Promise<Result<string[]>> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    const found: string[] = [];
    for (const entry of entries) {
      const path = join(dir, entry.name);
      if (entry.isFile() && entry.name.endsWith('.json')) found.push(path);
      if (!entry.isDirectory()) continue;
      const inner = await readdir(path, { withFileTypes: true });
      for (const file of inner) {
        if (file.isFile() && file.name.endsWith('.json')) found.push(join(path, file.name));
      }
    }
    return ok(found.sort());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok([]);
    return err('not-readable', `${dir}: ${(error as Error).message}.`);
  }
}
