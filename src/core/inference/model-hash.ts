import type { ModelFiles } from './types';

/** Hash that stands for a model in results, reports and the trail: that of the graph that gave the verdicts. */
export function modelSha256({ card: { files } }: Pick<ModelFiles, 'card'>): string {
  return (files['scan'] ?? files['explain'])?.sha256 ?? '';
}

/** Names one network among those of one id: `beat-attention@0123456789ab`. */
export function modelKey(model: Pick<ModelFiles, 'card'>): string {
  return `${model.card.id}@${modelSha256(model).slice(0, 12)}`;
}
