import { createPinia, setActivePinia } from 'pinia';
import { expect, it, vi } from 'vitest';
import { provideTransport, type Transport } from '../transport';
import { useReport } from './report';

const { review } = vi.hoisted(() => ({
  review: { state: { apart: false }, edit: vi.fn(async () => undefined) },
}));
vi.mock('./review', () => ({ useReview: () => review }));
vi.mock('./analysis', () => ({
  useAnalysis: () => ({ analysisId: 'a', status: { state: 'done' } }),
}));
vi.mock('./settings', () => ({
  useSettings: () => ({ values: { readerName: 'R', paper: 'A4' } }),
}));

it('a signature waits for the words that were left just before, and is of the report with them', async () => {
  setActivePinia(createPinia());
  let sequence = 1;
  const signed: unknown[] = [];
  provideTransport({
    call: async (method: string, input: object) => {
      if (method === 'report.sign') signed.push(input);
      return { ok: true, value: { analysisId: 'a', sequence, strips: [] } };
    },
    on: () => () => undefined,
  } as unknown as Transport);
  const report = useReport();
  await report.load();
  let store = (): void => undefined;
  review.edit.mockImplementationOnce(
    () => new Promise((resolve) => (store = () => resolve(undefined))),
  );
  const changed = report.setConclusion(null);
  const done = report.sign(true);
  await Promise.resolve();
  expect(signed).toHaveLength(0);
  sequence = 2;
  store();
  await changed;
  expect(await done).toBe(true);
  expect(signed).toMatchObject([{ analysisId: 'a', sequence: 2 }]);
});

it('a signature waits for the reading that overtook the one with the words', async () => {
  setActivePinia(createPinia());
  let sequence = 1;
  const signed: unknown[] = [];
  const drafts: (() => void)[] = [];
  provideTransport({
    call: (method: string, input: object) => {
      const answer = { ok: true, value: { analysisId: 'a', sequence, strips: [] } };
      if (method !== 'report.draft') {
        signed.push(input);
        return Promise.resolve(answer);
      }
      return new Promise((resolve) => drafts.push(() => resolve(answer)));
    },
    on: () => () => undefined,
  } as unknown as Transport);
  const report = useReport();
  const first = report.load();
  drafts.shift()!();
  await first;
  sequence = 2;
  const changed = report.setConclusion(null);
  await vi.waitFor(() => expect(drafts).toHaveLength(1));
  // As what was stored is heard of, the report is read once more.
  void report.load();
  const done = report.sign(true);
  drafts.shift()!();
  await new Promise((resolve) => setTimeout(resolve));
  expect(signed).toHaveLength(0);
  drafts.shift()!();
  await changed;
  expect(await done).toBe(true);
  expect(signed).toMatchObject([{ sequence: 2 }]);
});
