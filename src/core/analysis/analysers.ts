import type { ModelCard } from '../../shared/domain';
import type { Analyser } from './analyser';
import { beatAnalyser } from './beat-model/beat-analyser';
import { segmentAnalyser } from './segment-model/segment-analyser';

/** The analyser of each kind of model; null for a kind that this version cannot run. */
export function analyserOf(kind: ModelCard['kind']): Analyser | null {
  const analysers: Partial<Record<ModelCard['kind'], Analyser>> = {
    'segment-attention': segmentAnalyser,
    'beat-attention': beatAnalyser,
  };
  return analysers[kind] ?? null;
}
