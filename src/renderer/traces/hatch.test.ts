import { afterEach, expect, it, vi } from 'vitest';
import { hatchPattern } from './hatch';

afterEach(() => vi.unstubAllGlobals());

it('draws stripes once for each look, whatever canvas they are for: a lane is hatched with every frame', () => {
  let tiles = 0;
  const tile = (): unknown => {
    tiles++;
    const nothing = (): void => undefined;
    const context = { fillRect: nothing, beginPath: nothing, moveTo: nothing, lineTo: nothing };
    return { getContext: () => ({ ...context, stroke: nothing }) };
  };
  vi.stubGlobal('document', { createElement: tile });
  const canvas = () =>
    ({ createPattern: (of: unknown) => ({ of }) }) as unknown as CanvasRenderingContext2D;
  const first = hatchPattern(canvas(), null, '#123456', 6);
  for (let frame = 0; frame < 10; frame++)
    expect(hatchPattern(canvas(), null, '#123456', 6)).toBe(first);
  expect(tiles).toBe(1);
  expect(hatchPattern(canvas(), '#ffffff', '#123456', 6)).not.toBe(first);
  expect(hatchPattern(canvas(), null, '#654321', 6)).not.toBe(first);
  expect(hatchPattern(canvas(), null, '#123456', 9)).not.toBe(first);
  expect(tiles).toBe(4);
});
