import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { GraphRef } from './messages';
import { runsInReplicas } from './replicas';
import type { GraphVariant, ModelFiles } from './types';

/** @returns `bad-model` for a variant that the model does not have */
export function graphRef(
  model: ModelFiles,
  variant: GraphVariant,
  provider: string,
): Result<GraphRef> {
  const { card } = model;
  const path = model.paths[variant];
  const sha256 = card.files[variant]?.sha256;
  if (!path || !sha256) {
    return errSaid('bad-model', 'files.noGraph', { id: card.id, version: card.version, variant });
  }
  const beside = besideOf(model);
  return ok({
    key: JSON.stringify([sha256, beside]),
    path,
    sha256,
    beside,
    threads: runsInReplicas(model, variant) ? 'one' : 'all',
    provider,
  });
}

/** What a model's answers depend on: the SHA-256 of every file of it, by name. */
export function besideOf({ card }: ModelFiles): Record<string, string> {
  return Object.fromEntries(Object.values(card.files).map(({ file, sha256 }) => [file, sha256]));
}
