import { expect, it } from 'vitest';
import { createDrawQueue } from './draw-queue';

/** Frames that come when they are asked for, and pictures that take 2 ms each. */
function setUp(budgetMs: number) {
  const frames: (() => void)[] = [];
  let nowMs = 0;
  const drawn: string[] = [];
  const queue = createDrawQueue({
    budgetMs,
    nextFrame: (run) => frames.push(run),
    nowMs: () => nowMs,
  });
  const picture = (name: string) => (): void => {
    nowMs += 2;
    drawn.push(name);
  };
  return { queue, drawn, picture, frames, frame: () => frames.shift()?.() };
}

it('draws as many pictures in a frame as its budget holds, and asks for no frame when none is left', () => {
  const { queue, drawn, picture, frames, frame } = setUp(4);
  for (const name of ['a', 'b', 'c']) queue.draw(picture(name));
  expect(drawn).toEqual([]);
  expect(frames).toHaveLength(1);
  frame();
  expect(drawn).toEqual(['a', 'b']);
  frame();
  expect(drawn).toEqual(['a', 'b', 'c']);
  expect(frames).toEqual([]);
});

it('draws a picture that takes longer than its frame, once however often it is asked for', () => {
  const { queue, drawn, picture, frame } = setUp(1);
  const slow = picture('slow');
  queue.draw(slow);
  queue.draw(slow);
  frame();
  frame();
  expect(drawn).toEqual(['slow']);
});

it('leaves out what is no longer shown, and draws what is behind one that fails', () => {
  const { queue, drawn, picture, frame } = setUp(10);
  const gone = picture('gone');
  queue.draw(() => {
    throw new Error('no canvas');
  });
  queue.draw(gone);
  queue.draw(picture('last'));
  queue.drop(gone);
  expect(frame).toThrow('no canvas');
  frame();
  expect(drawn).toEqual(['last']);
});
