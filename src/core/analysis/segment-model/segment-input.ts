import { ok, type Result } from '../../../shared/domain';
import { errSaid, toldBy } from '../../../shared/domain/said';
import type { Tensors } from '../../inference/types';

/** Names of values in the graphs of kind `segment-attention`. */
export const SEGMENT_INPUT = 'segments';

/** Standardised windows, row by row, as the input of a segment model. */
export function segmentInput(samples: Float32Array, windowSamples: number): Tensors {
  const rows = samples.length / windowSamples;
  return {
    [SEGMENT_INPUT]: { type: 'float32', dims: [rows, 1, windowSamples], data: samples },
  };
}

/** A copy of one float32 output by name, checked for its length. */
export function floatOutput(
  outputs: Tensors,
  name: string,
  length: number,
): Result<Float32Array<ArrayBuffer>> {
  const tensor = outputs[name];
  if (!(tensor?.data instanceof Float32Array) || tensor.data.length !== length) {
    const has = tensor?.data.length ?? toldBy('files.noValues');
    return errSaid('bad-model', 'files.outputLength', { name, has, length });
  }
  return ok(tensor.data.slice());
}
