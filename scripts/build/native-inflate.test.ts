import { createRequire } from 'node:module';
import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';

type Inflate = (source: Uint8Array, target: Uint8Array) => Uint8Array;
const packages = { require: createRequire(import.meta.url) };
const native = packages.require('./native-inflate.cjs') as Inflate;
const tiny = packages.require('tiny-inflate') as Inflate;

it.each([0, 7])('answers as the package that it stands for, with %i bytes to spare', (spare) => {
  const plain = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 251);
  const packed = new Uint8Array(deflateRawSync(plain));
  const [ours, theirs] = [native, tiny].map((inflate) =>
    inflate(packed, new Uint8Array(plain.length + spare)),
  );
  expect([...ours!]).toEqual([...plain]);
  expect([...ours!]).toEqual([...theirs!]);
});
