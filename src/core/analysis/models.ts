import { ok, type ModelCard, type Result, type Told } from '../../shared/domain';
import type { AdoptedModels, AdoptedNow } from '../inference/adopted-models';
import { errSaid, toldBy, toldTogether } from '../../shared/domain/said';
import { modelFolder, type LoadedModels, type RefusedModel } from '../inference/load-models';
import { modelKey, modelSha256 } from '../inference/model-hash';
import type { ModelFiles } from '../inference/types';
import type { AnalysisKey } from '../review/store/types';

/** The model that is used where none is named. */
const DEFAULT_MODEL_ID = 'beat-attention';
/** What an installation holds; a folder of somebody's own may hold anything. */
const SHIPPED_MODEL_IDS: readonly string[] = [DEFAULT_MODEL_ID, 'attention-cnn'];

/** The models that came with Fiducial, and those that a person adopted instead; each loaded and checked once. */
export interface Models {
  /** Those in use: of each id one. */
  list(): Promise<Result<readonly ModelFiles[]>>;
  /** Every network that there is: in use, shipped, adopted before, and added to be looked at. */
  every(): Promise<Result<readonly ModelFiles[]>>;
  /** Those that were shipped. */
  shipped(): Promise<Result<readonly ModelFiles[]>>;
  /** One sentence for each model that was refused. */
  refused(): Promise<readonly string[]>;
  /**
   * By id, or by key for a network that may not be the one in use (`modelKey`); null means the default: the reader's
   * choice, else ours. Where that one is refused or missing there is none: another model answers another question, and
   * is used only by whoever names it.
   * @returns `bad-model` for a model that was refused, `not-found` for one that is not there
   */
  find(modelId: string | null): Promise<Result<ModelFiles>>;
  /** The network that gave some verdicts; where it is gone, the one that has its id now. */
  that(modelId: string, sha256: string): Promise<Result<ModelFiles>>;
  /** The card of the network that an analysis was made with; where that is gone, its version on the card of today's. */
  cardOf(modelId: string, key: AnalysisKey): Promise<Result<ModelCard>>;
  /** Null where the default cannot be used; `find(null)` says why. */
  defaultModelId(): Promise<string | null>;
}

const NONE_ADOPTED: AdoptedNow = { kept: [], current: [], refused: [], steps: [] };

/** What there is, and which of it is in use. */
interface Known extends LoadedModels {
  readonly shipped: readonly ModelFiles[];
  readonly every: readonly ModelFiles[];
}

interface Loading {
  all(): Promise<Result<Known>>;
  /**
   * The shipped model in use of an id, the others unread; null stands for the default. Null where it is not to be had in
   * this way, for whatever reason: `all` tells.
   */
  shippedInUse(modelId: string | null): Promise<ModelFiles | null>;
}

/** Loads what there is, once, and anew when somebody adopted something. */
function createLoading(modelsDir: string, adopted: AdoptedModels | null): Loading {
  const folder = modelFolder(modelsDir);
  let loading: Promise<Result<LoadedModels>> | null = null;
  const loadShipped = (): Promise<Result<LoadedModels>> => {
    loading ??= folder.all().then((loaded) => {
      for (const { error } of loaded.ok ? loaded.value.refused : []) {
        console.error(`fiducial: model refused in ${modelsDir}: ${error.message}`);
      }
      return loaded;
    });
    return loading;
  };

  let brought: { stamp: string; now: Promise<Result<AdoptedNow>> } | null = null;
  const loadAdopted = async (): Promise<Result<AdoptedNow>> => {
    if (!adopted) return ok(NONE_ADOPTED);
    const stamp = await adopted.stamp();
    if (brought?.stamp !== stamp) brought = { stamp, now: adopted.now() };
    return brought.now;
  };

  async function all(): Promise<Result<Known>> {
    const shipped = await loadShipped();
    if (!shipped.ok) return shipped;
    const own = await loadAdopted();
    if (!own.ok) return own;
    const { current, refused, kept } = own.value;
    const replaced = replacedBy(own.value);
    const rest = shipped.value.models.filter(({ card }) => !replaced.has(card.id));
    return ok({
      models: [...rest, ...current].sort((a, b) => a.card.id.localeCompare(b.card.id)),
      refused: [...shipped.value.refused.filter(({ id }) => !replaced.has(id)), ...refused],
      shipped: shipped.value.models,
      every: [...shipped.value.models, ...kept],
    });
  }

  return {
    all,
    async shippedInUse(modelId) {
      const own = await loadAdopted();
      const id = modelId ?? defaultOf(await folder.ids());
      return own.ok && id !== null && !replacedBy(own.value).has(id) ? folder.one(id) : null;
    },
  };
}

/** An adopted network stands instead of the shipped one of its id, and so does one that was adopted and is gone. */
function replacedBy({ current, refused }: AdoptedNow): ReadonlySet<string> {
  return new Set([...current.map(({ card }) => card.id), ...refused.map(({ id }) => id)]);
}

/**
 * @param chosenModelId the reader's own default from the settings, null for ours
 * @param adopted networks that a person adopted, null where only `modelsDir` counts
 */
export function createModels(
  modelsDir: string,
  chosenModelId: () => string | null,
  adopted: AdoptedModels | null = null,
): Models {
  const loading = createLoading(modelsDir, adopted);
  const load = loading.all;

  async function find(modelId: string | null): Promise<Result<ModelFiles>> {
    const quick = await loading.shippedInUse(modelId ?? chosenModelId());
    if (quick) return ok(quick);
    const loaded = await load();
    if (!loaded.ok) return loaded;
    const id = modelId ?? chosenModelId() ?? defaultIdOf(loaded.value);
    if (id === null) return noDefault(modelsDir, loaded.value);
    const model = id.includes('@')
      ? loaded.value.every.find((one) => modelKey(one) === id)
      : loaded.value.models.find(({ card }) => card.id === id);
    if (model) return ok(model);
    const refused = loaded.value.refused.filter((other) => other.id === id);
    const others = namesToChoose(loaded.value);
    if (refused.length > 0) {
      const why = whyOf(refused);
      return modelId === null
        ? errSaid('bad-model', 'failures.modelUnusableOthers', { id, why, others })
        : errSaid('bad-model', 'failures.modelUnusable', { id, why });
    }
    const sentences = [
      toldBy('failures.noModelNamed', { id }),
      ...loaded.value.refused.map(({ error }) => error),
      ...(modelId === null ? [others] : []),
    ];
    return { ok: false, error: { code: 'not-found', ...toldTogether(sentences) } };
  }

  async function that(modelId: string, sha256: string): Promise<Result<ModelFiles>> {
    const inUse = await loading.shippedInUse(modelId);
    if (inUse && modelSha256(inUse) === sha256) return ok(inUse);
    const loaded = await load();
    if (!loaded.ok) return loaded;
    const model = loaded.value.every.find((one) => modelSha256(one) === sha256);
    return model ? ok(model) : find(modelId);
  }

  return {
    find,
    that,
    async cardOf(modelId, { modelSha256: sha256, parameters }) {
      const model = await that(modelId, sha256);
      if (!model.ok) return model;
      const { card } = model.value;
      const { model: named = '' } = JSON.parse(parameters) as { model?: string };
      const isSame = modelSha256(model.value) === sha256 || !named.startsWith(`${modelId} `);
      return ok(isSame ? card : { ...card, version: named.slice(modelId.length + 1) });
    },
    async list() {
      const loaded = await load();
      return loaded.ok ? ok(loaded.value.models) : loaded;
    },
    async every() {
      const loaded = await load();
      return loaded.ok ? ok(loaded.value.every) : loaded;
    },
    async shipped() {
      const loaded = await load();
      return loaded.ok ? ok(loaded.value.shipped) : loaded;
    },
    async refused() {
      const loaded = await load();
      return loaded.ok ? loaded.value.refused.map(({ error }) => error.message) : [];
    },
    async defaultModelId() {
      const model = await find(null);
      return model.ok ? model.value.card.id : null;
    },
  };
}

/** Ours, where these ids are those of an installation. */
function defaultOf(ids: readonly string[]): string | null {
  return ids.some((id) => SHIPPED_MODEL_IDS.includes(id)) ? DEFAULT_MODEL_ID : null;
}

/** The id of our default, whether it can be used or not; null where a folder does not say which it is. */
function defaultIdOf({ models, refused }: LoadedModels): string | null {
  const ours = defaultOf([...models.map(({ card }) => card.id), ...refused.map(({ id }) => id)]);
  if (ours !== null) return ours;
  // Models of somebody's own. One that is refused might have been the one to use.
  if (refused.length > 0) return null;
  const beats = models.find(({ card }) => card.kind === 'beat-attention');
  return (beats ?? models[0])?.card.id ?? null;
}

function noDefault(modelsDir: string, loaded: LoadedModels): Result<never> {
  if (loaded.refused.length === 0)
    return errSaid('not-found', 'failures.noModelIn', { folder: modelsDir });
  const others = namesToChoose(loaded);
  return errSaid('bad-model', 'failures.noModelUsable', { why: whyOf(loaded.refused), others });
}

function whyOf(refused: readonly RefusedModel[]): Told {
  return toldTogether(refused.map(({ error }) => error));
}

function namesToChoose({ models }: LoadedModels): Told {
  const names = models.map(({ card }) => card.id).join(', ');
  const { error } =
    names === ''
      ? errSaid('not-found', 'failures.nothingAnalysed')
      : errSaid('not-found', 'failures.nothingAnalysedUnless', { names });
  return error;
}
