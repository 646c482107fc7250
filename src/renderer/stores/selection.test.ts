import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { verdictWord } from '../panels/verdict-words';
import { createMockTransport } from '../transport/mock';
import { provideTransport } from '../transport';
import { useAnalysis } from './analysis';
import { drawAtOnce } from './testing/drawn-at-once';
import { useRecording } from './recording';
import { useReview } from './review';
import { useSelection } from './selection';
import { useSettings } from './settings';
import { useSight } from './sight';

/** The recording, whose decisions are not there yet. */
async function openAgain(): Promise<void> {
  setActivePinia(createPinia());
  drawAtOnce();
  await useSettings().load();
  await useRecording().open('mock-1');
  await useAnalysis().start();
}

beforeEach(async () => {
  vi.stubGlobal('window', { screen: { width: 1, height: 1 }, devicePixelRatio: 1 });
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work));
  provideTransport(createMockTransport({ durationS: 300, delayMs: 0 }));
  await openAgain();
  await useReview().load();
  useSelection().resume();
});

it('walks the flagged segments, and only the undecided ones when asked', async () => {
  const selection = useSelection();
  selection.walk(1);
  const first = selection.current!;
  expect(first.verdict).toBe('Abnormal');
  selection.decide('agree');
  const second = selection.current!;
  expect(second.index).toBeGreaterThan(first.index);
  selection.walk(-1);
  expect(selection.current!.index).toBe(first.index);
  selection.walk(1, true);
  expect(selection.current!.index).toBe(second.index);
});

it('the same decision again changes nothing and moves on; only undo takes it back', async () => {
  const selection = useSelection();
  const review = useReview();
  selection.walk(1);
  const { index } = selection.current!;
  selection.decide('unsure');
  await vi.waitFor(() => expect(review.state?.decisions).toHaveLength(1));
  selection.walk(-1);
  expect(selection.current!.index).toBe(index);
  selection.decide('unsure');
  expect(selection.current!.index).toBeGreaterThan(index);
  await vi.waitFor(() => expect(review.saving).toBe(0));
  expect(review.decisionOf(index)).toBe('unsure');
  await selection.undo();
  expect(review.decisionOf(index)).toBe('none');
});

it('undo shows the segment that it was about', async () => {
  const selection = useSelection();
  const review = useReview();
  selection.walk(1);
  const { index } = selection.current!;
  selection.decide('overrule');
  await vi.waitFor(() => expect(review.state?.counts.overruled).toBe(1));
  selection.select(0, true);
  await selection.undo();
  expect(selection.current!.index).toBe(index);
  expect(review.decisionOf(index)).toBe('none');
});

it('a note that was begun is there again, and goes with the decision', async () => {
  const selection = useSelection();
  const review = useReview();
  selection.walk(1);
  const { index } = selection.current!;
  selection.note = 'pause of 2 s';
  selection.walk(1);
  expect(selection.note).toBe('');
  selection.walk(-1);
  expect(selection.note).toBe('pause of 2 s');
  selection.decide('agree');
  await vi.waitFor(() => expect(review.noteOf(index)).toBe('pause of 2 s'));
});

it('what a key decides on is on the paper', async () => {
  const { useView } = await import('./view');
  const selection = useSelection();
  selection.select(0, true);
  useView().scrollTo(200);
  await nextTick();
  const { startS, endS } = selection.current!;
  expect(startS).toBeLessThan(200 + useView().spanS);
  expect(endS).toBeGreaterThan(200);
});

it('decides, and calls segments undecided, only once the decisions made earlier have come', async () => {
  const selected = useSelection();
  selected.walk(1);
  const first = selected.current!.index;
  selected.decide('agree');
  await vi.waitFor(() => expect(useReview().state?.decisions).toHaveLength(1));
  // The recording is opened again; keys are pressed before the decisions are there.
  await openAgain();
  const selection = useSelection();
  const review = useReview();
  selection.walk(1);
  expect(selection.current!.index).toBe(first);
  selection.decide('agree');
  expect(selection.current!.index).toBe(first);
  expect(review.decisionOf(first)).toBe('none');
  await review.load();
  // It was agreed with before, so this only moves on, as it does when nothing is slow.
  await vi.waitFor(() => expect(selection.current!.index).toBeGreaterThan(first));
  expect(review.decisionOf(first)).toBe('agree');
});

it('a decision after a walk that has to wait is about where the walk leads, which nobody saw yet', async () => {
  await openAgain();
  const selection = useSelection();
  const review = useReview();
  selection.select(0, false);
  selection.walkUndecided();
  selection.decide('unsure');
  expect(useSight().refused).toBe('notDrawn');
  await review.load();
  expect(selection.current!.verdict).toBe('Abnormal');
  expect(review.state?.decisions).toEqual([]);
  const { index } = selection.current!;
  selection.decide('unsure');
  await vi.waitFor(() => expect(review.decisionOf(index)).toBe('unsure'));
});

it('a change made before the earlier ones have come is not lost', async () => {
  setActivePinia(createPinia());
  await useSettings().load();
  await useRecording().open('mock-1');
  await useAnalysis().start();
  const review = useReview();
  const changed = review.decide([0], 'unsure', '');
  expect(review.decisionOf(0)).toBe('none');
  await review.load();
  await changed;
  expect(review.decisionOf(0)).toBe('unsure');
});

it('a walk through what is undecided that began in the middle leaves nothing out', () => {
  const selection = useSelection();
  selection.walk(1);
  const first = selection.current!.index;
  for (let last = -1; last !== selection.current!.index;) {
    last = selection.current!.index;
    selection.walk(1);
  }
  expect(selection.current!.index).toBeGreaterThan(first);
  selection.walk(1, true);
  expect(selection.current!.index).toBe(first);
});

it('goes back for the flagged segments that it began after, before it comes to the borderline ones', () => {
  const selection = useSelection();
  const { cells } = useAnalysis();
  const flagged = cells.filter(({ segment }) => segment.verdict === 'Abnormal');
  selection.select(cells.indexOf(flagged.at(-1)!), false);
  selection.walk(1, true);
  expect(selection.current!.index).toBe(flagged[0]!.segment.index);
});

it('walks the flagged segments and then the borderline ones, as the card names them', () => {
  const selection = useSelection();
  const { cells } = useAnalysis();
  selection.position = -1;
  const walked: number[] = [];
  while (selection.walk(1)) walked.push(selection.current!.index);
  const where = (wanted: (typeof cells)[number]['segment']['verdict'] | 'Borderline'): number[] =>
    cells.flatMap(({ segment }) => (verdictWord(segment, false) === wanted ? [segment.index] : []));
  expect(where('Borderline').length).toBeGreaterThan(0);
  expect(walked).toEqual([...where('Abnormal'), ...where('Borderline')]);
  // From a Normal segment, back to the flagged one before it.
  const normal = where('Normal').find((index) => index > walked[0]!)!;
  selection.select(normal, false);
  selection.walk(-1);
  expect(selection.current!.index).toBe(where('Abnormal').findLast((index) => index < normal));
});

it('a decision is its reader’s who made it, whoever reads when it is stored', async () => {
  const transport = createMockTransport({ durationS: 300, delayMs: 5 });
  const call = vi.spyOn(transport, 'call');
  provideTransport(transport);
  useSettings().set({ readerName: 'Dr A' });
  const review = useReview();
  void review.decide([1], 'agree', '');
  const second = review.decide([2], 'agree', '');
  useSettings().set({ readerName: 'Dr B' });
  await second;
  const readers = call.mock.calls
    .filter(([method]) => method === 'review.decide')
    .map(([, input]) => (input as { reader: string }).reader);
  expect(readers).toEqual(['Dr A', 'Dr A']);
});

it('asks no action of a store for each of the segments that it walks', async () => {
  const selection = useSelection();
  const asked: string[] = [];
  for (const store of [useReview(), selection]) store.$onAction(({ name }) => asked.push(name));
  selection.walk(1, true);
  expect(selection.current).not.toBeNull();
  expect(asked).toContain('walk');
  expect(asked).not.toContain('decisionOf');
});

it('decides on nothing whose signal is not drawn yet, and says so', async () => {
  const selection = useSelection();
  selection.walk(1);
  const { index } = selection.current!;
  const sight = useSight();
  const { drawn } = sight;
  sight.drawn = null;
  selection.decide('agree');
  expect([selection.current!.index, sight.refused]).toEqual([index, 'notDrawn']);
  sight.drawn = drawn;
  selection.decide('unsure');
  await vi.waitFor(() => expect(useReview().decisionOf(index)).toBe('unsure'));
  expect(sight.refused).toBeNull();
});
