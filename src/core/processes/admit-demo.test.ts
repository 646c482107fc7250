import { expect, it, vi } from 'vitest';
import { err, ok, type RecordingEntry } from '../../shared/domain';
import { admitDemoAtFirst } from './admit-demo';
import type { Host } from './host';

const DEMO = import.meta.dirname;
const admitted = ok({ entries: [], sourceIds: ['demo'] });

function hostWith(list: unknown) {
  const admit = vi.fn(async () => admitted);
  const host = { admit, client: { call: async () => list } } as unknown as Host;
  return { host, admit };
}
const entry = (openedAtMs: number | null): Partial<RecordingEntry> => ({ openedAtMs });

it.each([
  ['nothing is known', []],
  ['records were brought in and none was opened', [entry(null), entry(null)]],
])('the demo comes as long as %s', async (_when, entries) => {
  const { host, admit } = hostWith(ok({ entries }));
  expect(await admitDemoAtFirst(host, DEMO)).toBe(admitted);
  expect(admit).toHaveBeenCalledWith([DEMO]);
});

it('it does not come any more once a recording was opened', async () => {
  const { host, admit } = hostWith(ok({ entries: [entry(null), entry(1)] }));
  expect(await admitDemoAtFirst(host, DEMO)).toEqual(ok({ entries: [], sourceIds: [] }));
  expect(admit).not.toHaveBeenCalled();
});

it('a demo that is not there is nothing to open', async () => {
  const { host, admit } = hostWith(ok({ entries: [] }));
  expect(await admitDemoAtFirst(host, '/no/demo')).toEqual(ok({ entries: [], sourceIds: [] }));
  expect(admit).not.toHaveBeenCalled();
});

it('a store that cannot be read is said', async () => {
  const failed = err('not-readable', 'the store');
  expect(await admitDemoAtFirst(hostWith(failed).host, DEMO)).toBe(failed);
});
