import { err, ok, type Result } from '../../shared/domain';
import { loadModels } from '../inference/load-models';
import type { ModelFiles } from '../inference/types';

/** The models that came with Fiducial, loaded and checked once. */
export interface Models {
  list(): Promise<Result<readonly ModelFiles[]>>;
  /** By id; null means the default: the reader's choice, else `defaultModelId`. */
  find(modelId: string | null): Promise<Result<ModelFiles>>;
  defaultModelId(): Promise<string | null>;
}

/** @param chosenModelId the reader's own default from the settings, null for ours */
export function createModels(modelsDir: string, chosenModelId: () => string | null): Models {
  let loading: Promise<Result<readonly ModelFiles[]>> | null = null;
  const list = (): Promise<Result<readonly ModelFiles[]>> => {
    loading ??= loadModels(modelsDir);
    return loading;
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
    defaultModelId,
    async find(modelId) {
      const models = await list();
      if (!models.ok) return models;
      const id = modelId ?? (await defaultModelId());
      const model = models.value.find(({ card }) => card.id === id);
      if (model) return ok(model);
      return id === null
        ? err('not-found', `There is no model in ${modelsDir}.`)
        : err('not-found', `There is no model "${id}".`);
    },
  };
}
