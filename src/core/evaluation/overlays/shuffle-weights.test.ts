import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOnnx } from '../../inference/onnx-file';
import { projectDir } from '../../processes/entries';
import { shuffleWeights } from './shuffle-weights';

const file = join(projectDir(), 'resources', 'models', 'beat-attention.onnx');

describe.skipIf(!existsSync(file))('shuffleWeights (on the shipped model)', () => {
  const original = readFileSync(file);
  const shuffled = shuffleWeights(original, 1);

  it('keeps graph and numbers, and moves most of them', () => {
    expect(shuffled.length).toBe(original.length);
    expect(readOnnx(shuffled)).toEqual(readOnnx(original));
    let moved = 0;
    const histogram = new Int32Array(256);
    for (let i = 0; i < original.length; i++) {
      if (original[i] !== shuffled[i]) moved++;
      histogram[original[i]!]!++;
      histogram[shuffled[i]!]!--;
    }
    expect(moved).toBeGreaterThan(original.length / 2);
    expect(histogram.every((count) => count === 0)).toBe(true);
  });

  it('does the same for the same seed, and leaves its input alone', () => {
    expect(Buffer.from(shuffleWeights(original, 1)).equals(Buffer.from(shuffled))).toBe(true);
    expect(Buffer.from(shuffleWeights(original, 2)).equals(Buffer.from(shuffled))).toBe(false);
    expect(original.equals(readFileSync(file))).toBe(true);
  });
});
