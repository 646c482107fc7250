import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ModelCard, ok, type Failure, type Result, type Told } from '../../shared/domain';
import { errSaid, toldBy } from '../../shared/domain/said';
import { graphDisagreement } from './check-graph';
import { readOnnx } from './onnx-file';
import { placeOf, readChecked } from './read-graph';
import type { GraphVariant, ModelFiles } from './types';

export interface LoadedModels {
  /** In the order of their ids. */
  readonly models: readonly ModelFiles[];
  readonly refused: readonly RefusedModel[];
}

/** A model that is there and cannot be used. */
export interface RefusedModel {
  /** As its card says; the name of its file where the card does not say. */
  readonly id: string;
  /** Why; the sentence names the file. */
  readonly error: Failure;
}

/** Lies among the cards and is none: fingerprints of the recordings that the models learned from. */
export const TRAINED_ON_FILE = 'trained-on.json';

const VARIANTS: readonly GraphVariant[] = ['scan', 'explain', 'strip'];

/** The models of a directory. Each is read and checked once, when it is first asked for: a start reads 33 MB of them else. */
export interface ModelFolder {
  /**
   * Every model: each `*.json` in the directory or in a folder directly under it is a card, and the files that it names
   * lie beside it. A model is refused (`bad-model`) when its card breaks the schema, a file's SHA-256 is not the card's,
   * weights lie in a file that the card does not name, or card and graph disagree; and a graph that no card names is a
   * model whose card is gone.
   * A refused model is left out and named; the others are there. Of two with one id the second is refused.
   * @returns `not-readable` for a directory that cannot be listed
   */
  all(): Promise<Result<LoadedModels>>;
  /** Ids that its cards name, whether those models can be used or not. */
  ids(): Promise<readonly string[]>;
  /** The model that one card alone has this id of, the others unread. Null where there is none to be used: `all` says why. */
  one(id: string): Promise<ModelFiles | null>;
}

/** @param dir absolute path of the model directory; one that does not exist holds no models */
export function modelFolder(dir: string): ModelFolder {
  let reading: Promise<Result<Cards>> | null = null;
  const cards = (): Promise<Result<Cards>> => (reading ??= readCards(dir));
  const models = new Map<string, Promise<Result<ModelFiles>>>();
  const modelOf = ({ path, card }: CardAt): Promise<Result<ModelFiles>> => {
    const known =
      models.get(path) ?? (card.ok ? loadFiles(path, card.value) : Promise.resolve(card));
    models.set(path, known);
    return known;
  };
  return {
    async all() {
      const read = await cards();
      return read.ok ? ok(await everyModel(read.value, modelOf)) : read;
    },
    async ids() {
      const read = await cards();
      return read.ok ? read.value.cards.map(({ id }) => id) : [];
    },
    async one(id) {
      const read = await cards();
      const [own, ...more] = read.ok ? read.value.cards.filter((card) => card.id === id) : [];
      const model = own && more.length === 0 ? await modelOf(own) : null;
      return model?.ok ? model.value : null;
    },
  };
}

/** Reads every model of a directory, as `ModelFolder.all` does. */
export const loadModels = (dir: string): Promise<Result<LoadedModels>> => modelFolder(dir).all();

async function everyModel(
  { cards, graphs }: Cards,
  modelOf: (card: CardAt) => Promise<Result<ModelFiles>>,
): Promise<LoadedModels> {
  const models: ModelFiles[] = [];
  const refused: RefusedModel[] = [];
  const named = new Set<string>();
  /** Folders in which a graph without a card may be that of a card that cannot be read. */
  const unclear = new Set<string>();
  for (const card of cards) {
    const { path, id, files } = card;
    for (const { file } of Object.values(files)) named.add(join(dirname(path), file));
    if (Object.keys(files).length === 0) unclear.add(dirname(path));
    const model = await modelOf(card);
    if (!model.ok) refused.push({ id, error: model.error });
    else if (models.some((other) => other.card.id === id)) {
      const said = { file: placeOf(path), id };
      refused.push({ id, error: errSaid('bad-model', 'files.twoModels', said).error });
    } else models.push(model.value);
  }
  for (const path of graphs) {
    const id = basename(path).split('.')[0]!;
    // Where a card is refused, it is the card that is to blame.
    if (named.has(path) || unclear.has(dirname(path))) continue;
    if (refused.some((other) => other.id === id)) continue;
    const said = { file: placeOf(path) };
    refused.push({ id, error: errSaid('bad-model', 'files.graphUnnamed', said).error });
  }
  return { models: models.sort((a, b) => a.card.id.localeCompare(b.card.id)), refused };
}

/** Reads one card and checks its files against it, as `loadModels` does. */
export async function loadModel(cardPath: string): Promise<Result<ModelFiles>> {
  const { card } = await readCard(cardPath);
  return card.ok ? loadFiles(cardPath, card.value) : card;
}

/** A model and where its card lies. */
export interface ModelAt extends ModelFiles {
  readonly cardPath: string;
}

/**
 * The one model of a folder, or that of a card.
 * @returns `not-found`, `bad-model`, `bad-input` for a folder that holds several
 */
export async function modelAt(from: string): Promise<Result<ModelAt>> {
  const status = await stat(from).catch(() => null);
  if (!status) return errSaid('not-found', 'files.noModelAt', { from });
  const inFolder = status.isDirectory()
    ? (await readdir(from)).filter((name) => name.endsWith('.json') && name !== TRAINED_ON_FILE)
    : null;
  const found: ModelAt[] = [];
  let failure: Result<never> | null = null;
  for (const cardPath of inFolder?.map((name) => join(from, name)) ?? [from]) {
    const model = await loadModel(cardPath);
    if (model.ok) found.push({ ...model.value, cardPath });
    else failure ??= model;
  }
  if (found.length > 1)
    return errSaid('bad-input', 'files.severalModels', { from, n: found.length });
  if (found[0]) return ok(found[0]);
  return failure ?? errSaid('not-found', 'failures.noModelIn', { folder: from });
}

async function loadFiles(cardPath: string, card: ModelCard): Promise<Result<ModelFiles>> {
  const { id, files } = card;
  const refuse = (why: Told): Result<never> =>
    errSaid('bad-model', 'files.cardRefused', { file: placeOf(cardPath), why });

  const contents = new Map<string, Buffer>();
  for (const { file, sha256 } of Object.values(files)) {
    if (file !== basename(file) || file === '' || file === '..') {
      return refuse(toldBy('files.noFileBesideCard', { name: file }));
    }
    const bytes = await readChecked(join(dirname(cardPath), file), sha256);
    if (!bytes.ok) return bytes;
    contents.set(file, bytes.value);
  }

  const paths: Partial<Record<GraphVariant, string>> = {};
  for (const variant of VARIANTS) {
    const file = files[variant]?.file;
    if (file === undefined) continue;
    let summary;
    try {
      summary = readOnnx(contents.get(file)!);
    } catch (error) {
      return refuse(toldBy('files.noOnnx', { name: file, why: (error as Error).message }));
    }
    const unnamed = summary.externalFiles.find((external) => !contents.has(external));
    if (unnamed) return refuse(toldBy('files.weightsNotNamed', { name: file, weights: unnamed }));
    const disagreement = graphDisagreement(card, variant, summary);
    if (disagreement)
      return refuse(toldBy('files.graphDisagrees', { file, why: { message: disagreement } }));
    paths[variant] = join(dirname(cardPath), file);
  }
  if (Object.keys(paths).length === 0) return refuse(toldBy('files.namesNoGraph', { id }));
  return ok({ card, paths });
}

/** A card as far as it can be read: which model it is of, and which files are that model's, even where it is refused. */
interface ReadCard {
  readonly id: string;
  readonly files: Readonly<Record<string, { readonly file: string }>>;
  readonly card: Result<ModelCard>;
}

/** A card where it lies. */
interface CardAt extends ReadCard {
  readonly path: string;
}

interface Cards {
  readonly cards: readonly CardAt[];
  /** Paths of ONNX files, those of the cards among them. */
  readonly graphs: readonly string[];
}

async function readCards(dir: string): Promise<Result<Cards>> {
  const found = await findFiles(dir);
  if (!found.ok) return found;
  const cards: CardAt[] = [];
  for (const path of found.value.cards) cards.push({ path, ...(await readCard(path)) });
  return ok({ cards, graphs: found.value.graphs });
}

async function readCard(path: string): Promise<ReadCard> {
  const stem = basename(path, '.json');
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const said = { file: placeOf(path), why: code ?? oneLine(message) };
    return { id: stem, files: {}, card: errSaid('bad-model', 'files.cardUnreadable', said) };
  }
  const card = ModelCard.safeParse(json);
  if (card.success) return { id: card.data.id, files: card.data.files, card: ok(card.data) };
  const issue = card.error.issues[0]!;
  const readable = ModelCard.pick({ id: true, files: true }).partial().safeParse(json);
  return {
    id: readable.data?.id ?? stem,
    files: readable.data?.files ?? {},
    card: errSaid('bad-model', 'files.cardField', {
      file: placeOf(path),
      field: issue.path.join('.'),
      why: issue.message,
    }),
  };
}

/** Cards and ONNX files of a directory and of the folders directly under it, each in the order of their paths. */
async function findFiles(dir: string): Promise<Result<{ cards: string[]; graphs: string[] }>> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    const found: string[] = [];
    for (const entry of entries) {
      const path = join(dir, entry.name);
      if (entry.isFile()) found.push(path);
      if (!entry.isDirectory()) continue;
      const inner = await readdir(path, { withFileTypes: true });
      for (const file of inner) if (file.isFile()) found.push(join(path, file.name));
    }
    found.sort();
    return ok({
      cards: found.filter((path) => path.endsWith('.json') && basename(path) !== TRAINED_ON_FILE),
      graphs: found.filter((path) => path.endsWith('.onnx')),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok({ cards: [], graphs: [] });
    return errSaid('not-readable', 'files.systemRefused', {
      name: dir,
      why: (error as Error).message,
    });
  }
}

/** A parser quotes what it stumbled over, line ends and all. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
