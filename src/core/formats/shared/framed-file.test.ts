import { describe, expect, it } from 'vitest';
import { bytesInMemory, framedFile, type ByteSource } from './framed-file';
import {
  INT16,
  INT16_BIG,
  INT24,
  INT32,
  INT32_BIG,
  INT8,
  UINT16,
  UINT16_BIG,
  UINT8,
} from './integer-codes';
import type { IntegerStore } from './lead-source';

async function integers(store: IntegerStore, from: number, to: number): Promise<number[]> {
  const out = new Int32Array(to - from + 2).fill(7);
  const read = await store.read(from, to, out, 1);
  if (!read.ok) throw new Error(read.error.message);
  expect([out[0], out.at(-1)]).toEqual([7, 7]);
  return [...out.subarray(1, -1)];
}

describe('integers in bytes', () => {
  it.each([
    ['8 bits', INT8, [0x80, 0xff, 0x7f], [-128, -1, 127]],
    ['8 bits without sign', UINT8, [0x80, 0xff, 0x7f], [128, 255, 127]],
    ['16 bits', INT16, [0x00, 0x80, 0xff, 0xff], [-32768, -1]],
    ['16 bits without sign', UINT16, [0x00, 0x80, 0xff, 0xff], [32768, 65535]],
    ['16 bits, high byte first', INT16_BIG, [0x80, 0x00, 0x01, 0x02], [-32768, 258]],
    ['16 bits without sign, high byte first', UINT16_BIG, [0x80, 0x00], [32768]],
    ['32 bits', INT32, [1, 0, 0, 0x80, 0xff, 0xff, 0xff, 0xff], [1 - 2 ** 31, -1]],
    ['32 bits, high byte first', INT32_BIG, [0x80, 0, 0, 1], [1 - 2 ** 31]],
    ['24 bits', INT24, [0, 0, 0x80, 0xff, 0xff, 0xff], [-(2 ** 23), -1]],
  ])('%s', (_name, code, bytes, wanted) => {
    const out = new Int32Array(wanted.length);
    code.decode(Uint8Array.from(bytes), 0, code.bytes, wanted.length, out, 0);
    expect([...out]).toEqual(wanted);
  });
});

describe('a file in frames', () => {
  it('reads any window of leads of different rates', async () => {
    // Three frames: two samples of one lead, then one of another, each its own number.
    const bytes = Uint8Array.of(99, 10, 11, 20, 12, 13, 21, 14, 15, 22);
    const open = framedFile(bytesInMemory(bytes), { byteOffset: 1, frameBytes: 3, frames: 3 });
    const fast = open({ byteInFrame: 0, samplesPerFrame: 2, code: INT8 });
    const slow = open({ byteInFrame: 2, samplesPerFrame: 1, code: INT8 });
    const all = [10, 11, 12, 13, 14, 15];
    for (let from = 0; from < 6; from++) {
      for (let to = from; to <= 6; to++) {
        expect(await integers(fast, from, to)).toEqual(all.slice(from, to));
      }
    }
    expect(await integers(slow, 0, 3)).toEqual([20, 21, 22]);
    expect(await integers(slow, 1, 2)).toEqual([21]);
  });

  it.each([
    ['many small frames', 900, 5],
    ['frames larger than a chunk', 1_500_000, 3],
  ])(
    'reads %s across chunks, asking for no more than a chunk at once',
    async (_what, n, frames) => {
      const lengths: number[] = [];
      // The lead has n samples after 4 other bytes; sample k of a frame has value k modulo 251.
      const frameBytes = n + 4;
      const source: ByteSource = {
        read(position, length) {
          lengths.push(length);
          const bytes = Uint8Array.from({ length }, (_, k) => {
            const inFrame = (position + k) % frameBytes;
            return inFrame < 4 ? 255 : (inFrame - 4) % 251;
          });
          return Promise.resolve({ ok: true, value: bytes });
        },
      };
      const store = framedFile(source, { byteOffset: 0, frameBytes, frames })({
        byteInFrame: 4,
        samplesPerFrame: n,
        code: UINT8,
      });
      for (const from of [0, n - 3, 2 * n - 1, frames * n - 7]) {
        const to = Math.min(frames * n, from + 10);
        const wanted = Array.from({ length: to - from }, (_, k) => ((from + k) % n) % 251);
        expect(await integers(store, from, to)).toEqual(wanted);
      }
      expect(Math.max(...lengths)).toBeLessThanOrEqual(2 ** 20);
    },
  );
});
