import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readOnnx } from './onnx-file';
import { writeOnnx } from './testing/onnx-writer';

const { bytes } = writeOnnx({
  inputs: { signal: ['batch', 1, 300] },
  outputs: { probability: ['batch', 2] },
  weights: { w: { dims: [1, 2], data: Float32Array.of(0, 1), externalFile: 'w.bin' } },
  nodes: [{ op: 'MatMul', inputs: ['signal', 'w'], outputs: ['probability'] }],
  metadata: { a: '1', b: 'zwei' },
});

it('reads names, shapes, metadata and weight files', () => {
  expect(readOnnx(bytes)).toEqual({
    inputs: [{ name: 'signal', type: 'float32', dims: ['batch', 1, 300] }],
    outputs: [{ name: 'probability', type: 'float32', dims: ['batch', 2] }],
    metadata: { a: '1', b: 'zwei' },
    externalFiles: ['w.bin'],
  });
});

it('answers or throws an Error on damaged bytes, and always ends', () => {
  fc.assert(
    fc.property(fc.nat(bytes.length), fc.nat(bytes.length - 1), fc.nat(255), (end, at, byte) => {
      const damaged = bytes.slice(0, Math.max(end, 1));
      damaged[at % damaged.length] = byte;
      try {
        readOnnx(damaged);
      } catch (error) {
        expect((error as Error).message).toMatch(/^it /);
      }
    }),
    { seed: 7, numRuns: 500 },
  );
});
