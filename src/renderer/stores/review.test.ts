import { createPinia, setActivePinia } from 'pinia';
import { expect, it, vi } from 'vitest';
import { provideTransport, type Transport } from '../transport';
import { useReview } from './review';

vi.mock('./analysis', () => ({ useAnalysis: () => ({ analysisId: 'a', beats: null }) }));
vi.mock('./settings', () => ({ useSettings: () => ({ values: { readerName: 'R' } }) }));

it('what waits for the acts goes on once the last of them is stored, also one made while it waited', async () => {
  setActivePinia(createPinia());
  const stored = { ok: true, value: { decisions: [], beatEdits: [] } };
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
