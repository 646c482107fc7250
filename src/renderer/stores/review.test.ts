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
