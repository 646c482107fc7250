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
