import { err, ok, type Result } from '../../shared/domain';
import { loadModels, type LoadedModels, type RefusedModel } from '../inference/load-models';
import type { ModelFiles } from '../inference/types';

/** The model that is used where none is named. */
const DEFAULT_MODEL_ID = 'beat-attention';
/** What an installation holds; a folder of somebody's own may hold anything. */
const SHIPPED_MODEL_IDS: readonly string[] = [DEFAULT_MODEL_ID, 'attention-cnn'];

/** The models that came with Fiducial, loaded and checked once. */
export interface Models {
  list(): Promise<Result<readonly ModelFiles[]>>;
  /** One sentence for each model that was refused. */
  refused(): Promise<readonly string[]>;
  /**
   * By id; null means the default: the reader's choice, else ours. Where that one is refused or missing there is none:
   * another model answers another question, and is used only by whoever names it.
   * @returns `bad-model` for a model that was refused, `not-found` for one that is not there
   */
  find(modelId: string | null): Promise<Result<ModelFiles>>;
  /** Null where the default cannot be used; `find(null)` says why. */
  defaultModelId(): Promise<string | null>;
}

/** @param chosenModelId the reader's own default from the settings, null for ours */
export function createModels(modelsDir: string, chosenModelId: () => string | null): Models {
  let loading: Promise<Result<LoadedModels>> | null = null;
  const load = (): Promise<Result<LoadedModels>> => {
    loading ??= loadModels(modelsDir).then((loaded) => {
      for (const { error } of loaded.ok ? loaded.value.refused : []) {
        console.error(`fiducial: model refused in ${modelsDir}: ${error.message}`);
      }
      return loaded;
    });
    return loading;
  };

  async function find(modelId: string | null): Promise<Result<ModelFiles>> {
    const loaded = await load();
    if (!loaded.ok) return loaded;
    const id = modelId ?? chosenModelId() ?? defaultIdOf(loaded.value);
    if (id === null) return noDefault(modelsDir, loaded.value);
    const model = loaded.value.models.find(({ card }) => card.id === id);
    if (model) return ok(model);
    const refused = loaded.value.refused.filter((other) => other.id === id);
    const code = refused.length > 0 ? 'bad-model' : 'not-found';
    const sentences =
      refused.length > 0
        ? [`Model "${id}" cannot be used.`, ...reasons(refused)]
        : [`There is no model "${id}".`, ...reasons(loaded.value.refused)];
    if (modelId === null) sentences.push(namesToChoose(loaded.value));
    return err(code, sentences.join(' '));
  }

  return {
    find,
    async list() {
      const loaded = await load();
      return loaded.ok ? ok(loaded.value.models) : loaded;
    },
    async refused() {
      const loaded = await load();
      return loaded.ok ? reasons(loaded.value.refused) : [];
    },
    async defaultModelId() {
      const model = await find(null);
      return model.ok ? model.value.card.id : null;
    },
  };
}

/** The id of our default, whether it can be used or not; null where a folder does not say which it is. */
function defaultIdOf({ models, refused }: LoadedModels): string | null {
  const ids = [...models.map(({ card }) => card.id), ...refused.map(({ id }) => id)];
  if (ids.some((id) => SHIPPED_MODEL_IDS.includes(id))) return DEFAULT_MODEL_ID;
  // Models of somebody's own. One that is refused might have been the one to use.
  if (refused.length > 0) return null;
  const beats = models.find(({ card }) => card.kind === 'beat-attention');
  return (beats ?? models[0])?.card.id ?? null;
}

function noDefault(modelsDir: string, loaded: LoadedModels): Result<never> {
  if (loaded.refused.length === 0) return err('not-found', `There is no model in ${modelsDir}.`);
  return err('bad-model', [...reasons(loaded.refused), namesToChoose(loaded)].join(' '));
}

function reasons(refused: readonly RefusedModel[]): string[] {
  return refused.map(({ error }) => error.message);
}

function namesToChoose({ models }: LoadedModels): string {
  const names = models.map(({ card }) => card.id).join(', ');
  return names === ''
    ? 'Nothing is analysed.'
    : `Nothing is analysed with another model unless you name it (${names}).`;
}
