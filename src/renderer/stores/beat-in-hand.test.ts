import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { shallowReactive } from 'vue';
import type { ReviewEdit } from '../../shared/domain';
import { BEAT_CLASSES } from '../analysis/beat-classes';
import { NUDGE_S, useBeatInHand } from './beat-in-hand';
import { drawAtOnce } from './testing/drawn-at-once';
import { useSight } from './sight';

/** Beats that an edit changes once its answer has come. */
const review = shallowReactive({
  beats: { timeS: new Float64Array(), beatClass: new Uint8Array(), confidence: new Float32Array() },
  isRefused: false,
  queue: Promise.resolve(),
  editThen(choose: () => ReviewEdit | null, stored: () => void): Promise<void> {
    return (review.queue = review.queue.then(async () => {
      const edit = choose();
      await new Promise((resolve) => setTimeout(resolve, 2));
      if (!edit || review.isRefused) return;
      apply(edit);
      stored();
    }));
  },
});
function apply(edit: ReviewEdit): void {
  if (!('timeS' in edit)) return;
  const [timeS, beatClass] = [review.beats.timeS.slice(), review.beats.beatClass.slice()];
  const at = timeS.findIndex((time) => Math.abs(time - edit.timeS) < 1e-6);
  expect(at, `a beat at ${edit.timeS}`).toBeGreaterThanOrEqual(0);
  if (edit.kind === 'move-beat') timeS[at] = edit.toTimeS;
  if (edit.kind === 'reclass-beat') beatClass[at] = BEAT_CLASSES.indexOf(edit.beatClass);
  review.beats = { ...review.beats, timeS, beatClass };
}
vi.mock('./review', () => ({ useReview: () => review }));
vi.mock('./analysis', () => ({ useAnalysis: () => ({ analysisId: 'a' }) }));
const view = shallowReactive({
  leftS: 0,
  spanS: 10,
  reveal(startS: number): void {
    view.leftS = startS - 5;
  },
});
vi.mock('./view', () => ({ useView: () => view }));
vi.mock('./caliper-reading', () => ({ useCaliperReading: () => ({}) }));

beforeEach(() => {
  setActivePinia(createPinia());
  view.leftS = 0;
  drawAtOnce();
  review.isRefused = false;
  review.beats = {
    timeS: Float64Array.of(1, 2, 3),
    beatClass: new Uint8Array(3),
    confidence: new Float32Array(3),
  };
});

describe('keys that are pressed while an act on a beat is being stored', () => {
  it('move it on from where the one before leaves it, there and back', async () => {
    const hand = useBeatInHand();
    hand.take(2, 0.1);
    await Promise.all([1, 1, 1, -1].map((by) => hand.move(by * NUDGE_S)));
    expect(hand.beat?.timeS).toBeCloseTo(2 + 2 * NUDGE_S);
    await Promise.all([1, -1, 1, -1].map((by) => hand.move(by * NUDGE_S)));
    expect(hand.beat?.timeS).toBeCloseTo(2 + 2 * NUDGE_S);
  });

  it('are not taken for a class that the beat no longer has', async () => {
    const hand = useBeatInHand();
    hand.take(2, 0.1);
    const before = hand.beat!.beatClass;
    hand.reclass('V');
    hand.reclass(before);
    await hand.move(0);
    expect(hand.beat?.beatClass).toBe(before);
  });

  it('act on the beat that was moved, and leave alone the one that was taken meanwhile', async () => {
    const hand = useBeatInHand();
    hand.take(2, 0.1);
    const done = hand.move(NUDGE_S);
    hand.reclass('F');
    hand.take(3, 0.1);
    await done;
    await hand.move(0);
    expect(hand.beat).toMatchObject({ timeS: 3, beatClass: 'N' });
    hand.take(2 + NUDGE_S, 0.001);
    expect(hand.beat?.beatClass).toBe('F');
  });

  it('are about the beat where it is when a move was refused', async () => {
    const hand = useBeatInHand();
    hand.take(2, 0.1);
    review.isRefused = true;
    await Promise.all([hand.move(NUDGE_S), hand.move(NUDGE_S)]);
    expect(hand.beat?.timeS).toBe(2);
  });
});

describe('keys about a beat that is not in sight', () => {
  const classes = () => [...review.beats.beatClass];

  it('do nothing while its signal is not drawn', async () => {
    const hand = useBeatInHand();
    const sight = useSight();
    hand.take(2, 0.1);
    sight.drawn = null;
    hand.reclass('V');
    hand.remove();
    await hand.move(NUDGE_S);
    await review.queue;
    expect([classes(), hand.beat?.timeS, sight.refused]).toEqual([[0, 0, 0], 2, 'notDrawn']);
  });

  it('bring it back to the paper and do nothing where that was moved away', async () => {
    const hand = useBeatInHand();
    hand.take(2, 0.1);
    view.leftS = 100;
    hand.reclass('V');
    await review.queue;
    expect([classes(), view.leftS, useSight().refused]).toEqual([[0, 0, 0], -3, 'notOnPaper']);
    hand.reclass('V');
    await review.queue;
    expect(classes()).toEqual([0, BEAT_CLASSES.indexOf('V'), 0]);
  });
});
