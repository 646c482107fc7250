import { err, ok, type Result } from '../../shared/domain';
import { loadModels, type LoadedModels } from '../inference/load-models';
import type { ModelFiles } from '../inference/types';

/** The models that came with Fiducial, loaded and checked once. */
export interface Models {
  list(): Promise<Result<readonly ModelFiles[]>>;
  /** One sentence for each model that was refused. */
  refused(): Promise<readonly string[]>;
  /** By id; null means the default: the reader's choice, else `defaultModelId`. */
  find(modelId: string | null): Promise<Result<ModelFiles>>;
  defaultModelId(): Promise<string | null>;
}

/** @param chosenModelId the reader's own default from the settings, null for ours */
export function createModels(modelsDir: string, chosenModelId: () => string | null): Models {
  let loading: Promise<Result<LoadedModels>> | null = null;
  const load = (): Promise<Result<LoadedModels>> => {
    loading ??= loadModels(modelsDir).then((loaded) => {
      for (const { message } of loaded.ok ? loaded.value.refused : []) {
        console.error(`fiducial: model refused: ${message}`);
      }
      return loaded;
    });
    return loading;
  };
  const list = async (): Promise<Result<readonly ModelFiles[]>> => {
    const loaded = await load();
    return loaded.ok ? ok(loaded.value.models) : loaded;
  };
  const refused = async (): Promise<readonly string[]> => {
    const loaded = await load();
    return loaded.ok ? loaded.value.refused.map(({ message }) => message) : [];
  };

  async function defaultModelId(): Promise<string | null> {
    const models = await list();
    if (!models.ok) return null;
    const ids = models.value.map(({ card }) => card.id);
    const chosen = chosenModelId();
    if (chosen !== null && ids.includes(chosen)) return chosen;
    // The beat model is the default of the viewer (design.md section 5); the reference network stands in.
    const beats = models.value.find(({ card }) => card.kind === 'beat-attention');
    return (beats ?? models.value[0])?.card.id ?? null;
  }

  return {
    list,
    refused,
    defaultModelId,
    async find(modelId) {
      const models = await list();
      if (!models.ok) return models;
      const id = modelId ?? (await defaultModelId());
      const model = models.value.find(({ card }) => card.id === id);
      if (model) return ok(model);
      const others = await refused();
      if (id === null && others.length > 0) return err('bad-model', others.join(' '));
      if (id === null) return err('not-found', `There is no model in ${modelsDir}.`);
      const why = others.length > 0 ? ` Refused: ${others.join(' ')}` : '';
      return err('not-found', `There is no model "${id}".${why}`);
    },
  };
}
