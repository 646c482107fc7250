import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import type { ReviewEdit } from '../../shared/domain';
import { createMockTransport } from '../transport/mock';
import { provideTransport } from '../transport';
import type { Transport } from '../transport/types';
import { useEventsOnPaper } from '../traces/useEventsOnPaper';
import { useAnalysis } from './analysis';
import { useBlind } from './blind';
import { useBlindStretches } from './blind-list';
import { useBlindWalk } from './blind-walk';
import { drawAtOnce } from './testing/drawn-at-once';
import { useEvents } from './events';
import { useFindings } from './findings';
import { useRecording } from './recording';
import { useReview } from './review';
import { useSettings } from './settings';
import { useSight } from './sight';

const edits: ReviewEdit[] = [];
/** What there is in place of what was found. */
let none: { findings: []; soFar: boolean } | null = null;

beforeEach(async () => {
  edits.length = 0;
  none = null;
  vi.stubGlobal('window', { screen: { width: 1, height: 1 }, devicePixelRatio: 1 });
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work));
  const mock = createMockTransport({ durationS: 300, delayMs: 0 });
  const call: Transport['call'] = async (name, input, options) => {
    if (name === 'review.decide') edits.push((input as { edit: ReviewEdit }).edit);
    const answer = await mock.call(name, input, options);
    if (name !== 'analysis.findingsSince' || !none || !answer.ok) return answer;
    const { change, ...told } = answer.value as { change: { set: object } };
    const value: unknown = { ...told, change: { set: { ...change.set, ...none } } };
    return { ok: true, value } as typeof answer;
  };
  provideTransport({ ...mock, call });
  setActivePinia(createPinia());
  drawAtOnce();
  await useSettings().load();
  useSettings().set({ blindFirst: true, readerName: 'Dr A' });
  useBlindWalk();
  await useRecording().open('mock-1');
  await useAnalysis().start();
  await useReview().load();
  await useFindings().load();
});
const settled = (): Promise<void> =>
  vi.waitFor(() => expect(useReview().saving).toBe(0)).then(() => useFindings().load());
/** Walks to the first stretch with an event in it, or to one without. */
function take(withEvent: boolean): string {
  const walk = useBlindWalk();
  const list = useBlindStretches();
  const stretch = list.stretches.find((one) => (one.event !== null) === withEvent)!;
  walk.show(stretch);
  return stretch.id;
}

it('has nothing in hand and nothing on the paper before the reader has said what they see', async () => {
  const walk = useBlindWalk();
  const list = useBlindStretches();
  const events = useEvents();
  const paper = useEventsOnPaper();
  expect(list.current).not.toBeNull();
  expect(useBlind().hidesReport).toBe(true);
  const seen = new Set<string>();
  for (const { id } of list.stretches) {
    walk.show(list.stretches.find((one) => one.id === id)!);
    seen.add(id);
    expect([events.current, events.currentId, paper.current()]).toEqual([null, null, null]);
    expect(paper.beside(0, 300)).toEqual([]);
    expect(paper.fibrillation()).toEqual([]);
  }
  for (const one of events.walkOrder) {
    expect(seen).toContain(one.id);
    expect(paper.hidesLetterAt((one.startS + one.endS) / 2)).toBe(true);
  }
});

it('names an event once it is said of, keeps that this was said blind, and moves on with the same key', async () => {
  const walk = useBlindWalk();
  const list = useBlindStretches();
  const id = take(true);
  walk.note = 'broad';
  walk.answer('A');
  expect(list.currentId).toBe(id);
  expect(useEvents().current?.id).toBe(id);
  expect(useEventsOnPaper().current()?.id).toBe(id);
  await settled();
  expect(edits).toMatchObject([{ decision: 'confirm', note: 'broad', blind: true }]);
  expect(useEvents().note).toBe('broad');
  expect(list.agreement).toEqual({ agree: 1, of: 1, unsure: 0 });
  walk.answer('A');
  await settled();
  expect(list.currentId).not.toBe(id);
  expect(useEvents().current).toBeNull();
  expect(edits).toHaveLength(1);
});

it('counts what was said first, not what was made of it once it had its name', async () => {
  const walk = useBlindWalk();
  const list = useBlindStretches();
  const id = take(true);
  walk.answer('O');
  await settled();
  expect(list.agreement).toEqual({ agree: 0, of: 1, unsure: 0 });
  walk.answer('A');
  await settled();
  expect(list.currentId).toBe(id);
  expect(useFindings().byId.get(id)).toMatchObject({ state: 'confirmed' });
  expect(edits.map((edit) => 'blind' in edit)).toEqual([true, false]);
});

it('what was taken back is hidden again, and said again it is not said blind', async () => {
  const walk = useBlindWalk();
  const list = useBlindStretches();
  const id = take(true);
  walk.answer('U');
  await settled();
  await walk.undo(false);
  await settled();
  expect(list.currentId).toBe(id);
  expect(useEvents().current).toBeNull();
  walk.answer('A');
  await settled();
  expect(edits.map((edit) => 'blind' in edit)).toEqual([true, false]);
});

it('says of a stretch in which nothing was found that nothing is there, as a decision on its segment', async () => {
  const walk = useBlindWalk();
  const list = useBlindStretches();
  const id = take(false);
  walk.answer('O');
  await settled();
  const segments = [Number(id.split(' ')[1])];
  expect(edits).toMatchObject([
    { kind: 'decide-segments', segments, decision: 'agree', blind: true },
  ]);
  expect(list.isHidden(list.current!)).toBe(false);
  expect(useEvents().current).toBeNull();
});

it('leaves the event in hand, and only what is named, when the reader leaves', async () => {
  const list = useBlindStretches();
  take(true);
  useSettings().set({ blindFirst: false });
  await settled();
  expect(list.current).toBeNull();
  expect(useBlind().hidesReport).toBe(false);
});

it.each([true, false])(
  'takes no answer before the signal of the stretch is drawn (with an event: %s)',
  async (withEvent) => {
    const walk = useBlindWalk();
    const list = useBlindStretches();
    const sight = useSight();
    const id = take(withEvent);
    const { drawn } = sight;
    sight.drawn = null;
    walk.answer('A');
    await settled();
    expect([edits.length, list.currentId, sight.refused]).toEqual([0, id, 'notDrawn']);
    sight.drawn = drawn;
    walk.answer('A');
    await settled();
    expect(edits).toHaveLength(1);
  },
);

it('hides page 1, and what a file says of its patient, as long as the analysis runs', async () => {
  // Nothing was found so far, which is not that nothing is there to decide.
  for (const soFar of [true, false]) {
    none = { findings: [], soFar };
    await useFindings().load();
    expect(useFindings().all).toEqual([]);
    expect(useBlind().hidesReport).toBe(soFar);
  }
});
