import { describe, expect, it } from 'vitest';
import { err, ok, type Result } from '../../../shared/domain';
import type { WindowBatch } from './windows';
import { createWindowStretches } from './window-stretches';

/** Rows of three samples that carry the index of their window; every fifth window cannot be judged. */
function reader() {
  const asked: [number, number][] = [];
  const read = async (first: number, end: number): Promise<Result<WindowBatch>> => {
    asked.push([first, end]);
    const indices = Array.from({ length: end - first }, (_, i) => first + i);
    const windows = indices.map((index) => ({
      index,
      startS: 5 * index,
      endS: 5 * index + 10,
      unreadable: index % 5 === 0 ? ('flat' as const) : null,
    }));
    const readable = indices.filter((index) => index % 5 !== 0);
    return ok({ windows, samples: Float32Array.from(readable.flatMap((i) => [i, i, i])) });
  };
  return { asked, read };
}

describe('stretches of windows', () => {
  it.each([1, 7, 8, 9, 71, 72, 73, 200])(
    'hand out each of %i windows once, with its row',
    async (total) => {
      const { asked, read } = reader();
      const batchOf = createWindowStretches(read, total, 8);
      const seen: number[] = [];
      for (let batch = 0; batch < Math.ceil(total / 8); batch++) {
        const got = await batchOf(batch);
        if (!got.ok) throw new Error(got.error.message);
        const { windows, samples } = got.value;
        expect(windows.length).toBe(Math.min(8, total - 8 * batch));
        const readable = windows.filter(({ unreadable }) => unreadable === null);
        expect([...samples]).toEqual(readable.flatMap(({ index: i }) => [i, i, i]));
        seen.push(...windows.map(({ index }) => index));
      }
      expect(seen).toEqual(Array.from({ length: total }, (_, i) => i));
      expect(asked[0]).toEqual([0, Math.min(8, total)]);
      expect(asked.length).toBe(1 + Math.ceil(Math.max(0, total - 8) / 64));
    },
  );

  it('begin with one batch and read one stretch ahead, no more', async () => {
    const { asked, read } = reader();
    const batchOf = createWindowStretches(read, 1000, 8);
    await batchOf(0);
    expect(asked).toEqual([
      [0, 8],
      [8, 72],
    ]);
    await batchOf(1);
    expect(asked.at(-1)).toEqual([72, 136]);
    expect(asked.length).toBe(3);
  });

  it('pass a failure on', async () => {
    const failing = createWindowStretches(async () => err('bad-signal', 'Broken.'), 20, 8);
    expect(await failing(0)).toMatchObject({ ok: false, error: { code: 'bad-signal' } });
  });
});
