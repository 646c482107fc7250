import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { decode, encode } from './codec';

const body = (head: string, length = head.length): Uint8Array => {
  const bytes = new Uint8Array(8 + head.length);
  bytes.set(new TextEncoder().encode('FID1'));
  new DataView(bytes.buffer).setUint32(4, length, true);
  bytes.set(new TextEncoder().encode(head), 8);
  return bytes;
};

describe('codec', () => {
  it('brings every kind of array back, with its type and exact values', () => {
    const value = {
      f32: Float32Array.of(1.5, NaN, -0, Infinity),
      f64: Float64Array.of(Math.PI, -1e-300),
      u8: Uint8Array.of(1, 2, 255),
      i8: Int8Array.of(-128, 127),
      u16: Uint16Array.of(65535),
      i16: Int16Array.of(-32768),
      u32: Uint32Array.of(4294967295),
      i32: Int32Array.of(-2147483648),
      empty: new Float32Array(0),
      list: [{ values: Float32Array.of(7) }],
    };
    expect(decode(encode(value))).toEqual(value);
  });

  it('sends only the part of a buffer that an array shows', () => {
    const part = new Float32Array(1_000_000).subarray(10, 12);
    const bytes = encode({ part });
    expect(bytes.length).toBeLessThan(200);
    expect((decode(bytes) as { part: Float32Array }).part).toHaveLength(2);
  });

  it('decodes a body that begins at an odd address', () => {
    const bytes = encode({ a: Float64Array.of(1, 2) });
    for (let shift = 1; shift < 8; shift++) {
      const moved = new Uint8Array(bytes.length + shift).subarray(shift);
      moved.set(bytes);
      expect(decode(moved)).toEqual({ a: Float64Array.of(1, 2) });
    }
  });

  it('views aligned arrays instead of copying them', () => {
    const bytes = encode({ a: Float32Array.of(1) });
    expect((decode(bytes) as { a: Float32Array }).a.buffer).toBe(bytes.buffer);
  });

  it('keeps numbers that JSON has no word for', () => {
    const value = [NaN, Infinity, -Infinity, 0, null];
    expect(decode(encode(value))).toEqual(value);
  });

  it('cannot be tricked by objects that look like references, or by __proto__', () => {
    const value = JSON.parse(
      '{"a":{"$array":"Uint8Array","at":0,"bytes":9},"__proto__":{"x":1}}',
    ) as object;
    const back = decode(encode(value)) as Record<string, unknown>;
    expect(back).toEqual(value);
    expect(Object.keys(back)).toEqual(['a', '__proto__']);
    expect(back['x']).toBeUndefined();
  });

  it('brings any JSON value back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        // -0 is the one JSON value that JSON itself does not keep.
        const expected: unknown = JSON.parse(JSON.stringify(value));
        expect(decode(encode(value))).toEqual(expected);
      }),
      { seed: 1 },
    );
  });

  it('refuses what it cannot carry', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    for (const value of [
      () => 1,
      Symbol('x'),
      1n,
      cycle,
      new BigInt64Array(1),
      new DataView(new ArrayBuffer(1)),
    ]) {
      expect(() => encode({ value })).toThrow(TypeError);
    }
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('{"a":1} and more')],
    ['a head longer than the body', body('{}', 1000)],
    ['a head that is not JSON', body('{"a":')],
    ['a head that is not UTF-8', Uint8Array.of(0x46, 0x49, 0x44, 0x31, 1, 0, 0, 0, 0xff)],
    ['an unknown array', body('{"$array":"BigInt64Array","at":0,"bytes":0}')],
    ['a constructor from the prototype', body('{"$array":"toString","at":0,"bytes":0}')],
    ['an array past the end', body('{"$array":"Uint8Array","at":0,"bytes":1}')],
    ['a negative place', body('{"$array":"Uint8Array","at":-8,"bytes":8}')],
    ['a place that is no number', body('{"$array":"Uint8Array","at":"0","bytes":0}')],
    ['a length that is no multiple', body('[{"$array":"Float32Array","at":0,"bytes":2}]   ', 44)],
    ['an escape without a value', body('{"$array":"object"}')],
    ['a number that is none', body('{"$array":"number","value":"7"}')],
    ['endless nesting', body('['.repeat(5000) + ']'.repeat(5000))],
  ])('refuses %s', (_name, bytes) => {
    expect(() => decode(bytes)).toThrow(/^The body is not in Fiducial's format: /);
  });

  it('does not parse what is nested too deeply: that takes seconds', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const deep = body('["]", {"a\\"": ' + '['.repeat(5000) + ']'.repeat(5000) + '}]');
    expect(() => decode(deep)).toThrow(/nested too deeply/);
    expect(parse).not.toHaveBeenCalled();
    // Brackets in a text are no nesting, nor are many beside each other.
    const text = '[{'.repeat(500) + '"\\';
    expect(decode(encode([text, ...Array<unknown>(500).fill([{}])]))).toHaveLength(501);
    parse.mockRestore();
  });

  it('answers or refuses on damaged bytes, and never anything else', () => {
    const good = encode({ id: 1, values: Float32Array.of(1, 2, 3), text: 'ä' });
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(good.length - 1), fc.nat(255), (end, at, byte) => {
        const damaged = good.slice(0, end);
        if (at < end) damaged[at] = byte;
        try {
          decode(damaged);
        } catch (error) {
          expect((error as Error).message).toMatch(/^The body is not/);
        }
      }),
      { seed: 2, numRuns: 1000 },
    );
  });
});
