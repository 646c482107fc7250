import { expect, it } from 'vitest';
import type { ModelCard } from '../../shared/domain';
import { graphDisagreement } from './check-graph';
import type { OnnxSummary } from './onnx-file';

const SHA256 = 'ab'.repeat(32);
const value = (name: string, ...dims: (number | string)[]) => ({ name, type: 'float32', dims });

const graph: OnnxSummary = {
  inputs: [value('signal', 'leads', 'samples'), value('inside', 'leads', 'samples')],
  outputs: [value('fibrillation', 'leads')],
  metadata: {},
  externalFiles: [],
};

function card(sha256: string | null, file = SHA256): ModelCard {
  const rhythm = sha256 === null ? {} : { rhythm: { sha256 } };
  return {
    files: { strip: { file: 'strip.onnx', sha256: file } },
    parameters: { strip: { shiftLogit: 0, fibrillationMean: 0.5, ...rhythm } },
  } as unknown as ModelCard;
}

it('takes a network of strips whose hash the other graphs carry, and no other', () => {
  expect(graphDisagreement(card(SHA256), 'strip', graph)).toBeNull();
  expect(graphDisagreement(card('cd'.repeat(32)), 'strip', graph)).toContain('SHA-256');
  expect(graphDisagreement(card(null), 'strip', graph)).toContain('parameters.strip.rhythm');
});

it('refuses a network of strips that reads or answers something else', () => {
  const inputs = [value('segments', 'batch', 1, 3600)];
  expect(graphDisagreement(card(SHA256), 'strip', { ...graph, inputs })).toContain('"signal"');
  const outputs = [value('probability', 'batch', 2)];
  expect(graphDisagreement(card(SHA256), 'strip', { ...graph, outputs })).toContain(
    '"fibrillation"',
  );
  const more = [...graph.outputs, value('other', 'leads')];
  expect(graphDisagreement(card(SHA256), 'strip', { ...graph, outputs: more })).toContain(
    '"other"',
  );
});
