import { expect, it } from 'vitest';
import { PathBytes } from './path-bytes';

const text = (value: number): string => String(Math.round(value * 100) / 100);
const written = (path: PathBytes): string => Buffer.from(path.content()).toString('latin1');

it('writes hundredths of a point, and no more digits than that takes', () => {
  const path = new PathBytes(3);
  path.to(12, 0.1, 'm');
  path.to(12.05, -3.999, 'l');
  path.to(-0.004, 841.89, 'l');
  expect(written(path)).toBe('12 0.1 m\n12.05 -4 l\n0 841.89 l\n');
});

it('writes any number as JavaScript does, however far beyond the page', () => {
  for (let i = -3000; i < 3000; i++) {
    const [x, y] = [i * 0.317 + i ** 3 / 77, Math.sign(i) * 1.37 ** Math.abs(i / 40)];
    const path = new PathBytes(1);
    path.to(x, y, 'l');
    expect(written(path)).toBe(`${text(x)} ${text(y)} l\n`);
  }
});

it('has room for the longest numbers that there are', () => {
  const [x, y] = [-1e21, -1.2345678901234567e300];
  const path = new PathBytes(1);
  path.to(x, y, 'l');
  expect(written(path)).toBe(`${text(x)} ${text(y)} l\n`);
  expect(text(x).length).toBeGreaterThan(20);
});
