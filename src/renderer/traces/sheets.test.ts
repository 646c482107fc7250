import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSheets, type SheetPiece } from './sheets';

/** A canvas as far as the sheets use one. */
function fakeCanvas() {
  const canvas = { width: 0, height: 0, getContext: () => ({}) };
  return canvas as unknown as HTMLCanvasElement;
}

let painted: number[];
let whole: boolean;
let again: number;
let idle: (() => void)[];
const target = { drawImage: vi.fn() } as unknown as CanvasRenderingContext2D;

beforeEach(() => {
  vi.stubGlobal('document', { createElement: fakeCanvas });
  painted = [];
  whole = true;
  again = 0;
  idle = [];
});
afterEach(() => vi.unstubAllGlobals());

function sheets() {
  return createSheets({
    paint(piece: SheetPiece) {
      painted.push(piece.leftPx / 512);
      return whole;
    },
    whenIdle: (work) => void idle.push(work),
    again: () => void again++,
  });
}
/** What a copy of 1,024 px from 100 px on paints. */
function copy(s: ReturnType<typeof sheets>, leftPx = 100): number[] {
  painted = [];
  s.copy(target, leftPx, 1024, 300);
  return painted;
}

it('paints what is on the screen once, and scrolling paints nothing more', () => {
  const s = sheets();
  expect(copy(s)).toEqual([0, 1, 2]);
  expect(copy(s, 118)).toEqual([]);
});

it('refreshes one piece per copy, asks for the next, and shows the old one meanwhile', () => {
  const s = sheets();
  copy(s);
  s.refresh();
  expect([copy(s), copy(s), copy(s), copy(s)]).toEqual([[0], [1], [2], []]);
  expect(again).toBe(2);
  expect(target.drawImage).toHaveBeenCalled();
});

it('paints everything at once where the scale has changed: an old scale must never be seen', () => {
  const s = sheets();
  copy(s);
  s.refresh();
  s.invalidate();
  expect(copy(s)).toEqual([0, 1, 2]);
});

it('paints anew what was incomplete when tiles arrive, and only that', () => {
  const s = sheets();
  whole = false;
  copy(s);
  whole = true;
  s.complete();
  expect([copy(s), copy(s), copy(s)]).toEqual([[0], [1], [2]]);
  s.complete();
  expect(copy(s)).toEqual([]);
});

it('prepares the next piece when there is time, each once', () => {
  const s = sheets();
  copy(s);
  painted = [];
  idle.shift()!();
  expect(painted).toEqual([3]);
  expect(copy(s, 600)).toEqual([]);
});

it('tells whether a tile that has come is still to be painted', () => {
  const s = sheets();
  const shown = (): boolean => s.copy(target, 100, 1024, 300);
  // What was not there is nobody's to paint: a piece may lack a tile beyond the screen for good.
  whole = false;
  expect(shown()).toBe(true);
  // It has come: one piece a copy is painted anew, and what is left lacks it still.
  whole = true;
  s.complete();
  expect([shown(), shown(), shown()]).toEqual([false, false, true]);
  // Beats that change take nothing of the signal away.
  s.refresh();
  expect(shown()).toBe(true);
});
