import { createPinia, setActivePinia } from 'pinia';
import { expect, it, vi } from 'vitest';
import { provideTransport, type Transport } from '../transport';
import { useReview } from './review';

const shown = vi.hoisted(() => ({ analysisId: 'a', beats: null, isEarlier: false }));
vi.mock('./analysis', () => ({ useAnalysis: () => shown }));
vi.mock('./settings', () => ({ useSettings: () => ({ values: { readerName: 'R' } }) }));

it('what waits for the acts goes on once the last of them is stored, also one made while it waited', async () => {
  setActivePinia(createPinia());
  const stored = { ok: true, value: { decisions: [], beatActs: [], beatEdits: [] } };
  const answers: (() => void)[] = [];
  const order: string[] = [];
  provideTransport({
    call: (method: string) =>
      method === 'review.summary'
        ? Promise.resolve(stored)
        : new Promise((resolve) =>
            answers.push(() => {
              order.push('stored');
              resolve(stored);
            }),
          ),
  } as unknown as Transport);
  const review = useReview();
  await review.load();
  const act = (): void => void review.edit({ kind: 'delete-beat', timeS: 1 });
  const answer = async (): Promise<void> => {
    await vi.waitFor(() => expect(answers).not.toHaveLength(0));
    answers.shift()!();
  };
  act();
  act();
  const read = review.whenStored().then(() => order.push('read'));
  await answer();
  act();
  await answer();
  await answer();
  await read;
  expect(order).toEqual(['stored', 'stored', 'stored', 'read']);
});

it('an act that hangs on those before it is chosen once they are stored, and an undo after it is of it', async () => {
  setActivePinia(createPinia());
  const order: string[] = [];
  provideTransport({
    call: async (method: string) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      order.push(method);
      return { ok: true, value: { decisions: [], beatActs: [], beatEdits: [] } };
    },
  } as unknown as Transport);
  const review = useReview();
  await review.load();
  order.length = 0;
  const remove = { kind: 'delete-beat', timeS: 1 } as const;
  const choose = (name: string) => () => {
    order.push(name);
    return remove;
  };
  void review.edit(remove);
  void review.editThen(choose('second'), () => order.push('stored'));
  void review.editThen(() => null);
  void review.editThen(choose('third'));
  await review.undo();
  expect(order).toEqual([
    ...['review.decide', 'second', 'review.decide', 'stored', 'third', 'review.decide'],
    'review.undo',
  ]);
});

it('on an earlier reading, shown as it was left, nothing is decided nor taken back, and that is said', async () => {
  setActivePinia(createPinia());
  const asked: string[] = [];
  provideTransport({
    call: async (method: string) => {
      asked.push(method);
      return { ok: true, value: { decisions: [], beatActs: [], beatEdits: [] } };
    },
  } as unknown as Transport);
  const review = useReview();
  await review.load();
  shown.isEarlier = true;
  const remove = { kind: 'delete-beat', timeS: 1 } as const;
  for (const act of [
    () => review.edit(remove),
    () => review.editThen(() => remove),
    () => review.decide([1], 'agree', ''),
    () => review.undo(),
  ]) {
    review.failure = null;
    await act();
    expect(review.failure).toMatchObject({ said: { key: 'failures.earlierReading' } });
  }
  expect(asked).toEqual(['review.summary']);
  shown.isEarlier = false;
});

it('an undo too many does nothing, and nothing is said not to be saved', async () => {
  setActivePinia(createPinia());
  const asked: string[] = [];
  const standing = { decisions: [], beatActs: [], beatEdits: [], canUndo: false, canRedo: true };
  provideTransport({
    call: async (method: string) => {
      asked.push(method);
      return method === 'review.undo'
        ? { ok: false, error: { code: 'conflict', message: 'nothing' } }
        : { ok: true, value: standing };
    },
  } as unknown as Transport);
  const review = useReview();
  await review.load();
  await review.undo();
  expect(asked).toEqual(['review.summary']);
  expect(review.failure).toBeNull();
  await review.undo(true);
  expect(asked).toEqual(['review.summary', 'review.undo']);
});

it('what others add to the review shown is read once, after the acts of this page', async () => {
  setActivePinia(createPinia());
  const asked: string[] = [];
  let sequence = 1;
  provideTransport({
    call: async (method: string) => {
      asked.push(method);
      return { ok: true, value: { decisions: [], beatActs: [], beatEdits: [], sequence } };
    },
  } as unknown as Transport);
  const review = useReview();
  await review.load();
  sequence = 2;
  void review.edit({ kind: 'delete-beat', timeS: 1 });
  // Its own act, told before it is answered, one of another page, and one of another recording.
  await review.follow('a', 2);
  expect(asked).toEqual(['review.summary', 'review.decide']);
  sequence = 3;
  await review.follow('a', 3);
  await review.follow('a', 3);
  await review.follow('b', 9);
  expect(asked).toEqual(['review.summary', 'review.decide', 'review.summary']);
});
