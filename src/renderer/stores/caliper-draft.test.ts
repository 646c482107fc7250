import { expect, it, vi } from 'vitest';
import type { CaliperMark } from '../../shared/domain';
import { useCaliperDraft } from './caliper-draft';
import type { useCaliperReading } from './caliper-reading';

const { edit } = vi.hoisted(() => ({ edit: vi.fn(async () => undefined) }));
vi.mock('./review', () => ({ useReview: () => ({ state: { calipers: [] }, edit }) }));

it('a mark on its way into the trail is not dropped by an undo, which waits for it', async () => {
  let read = (): void => undefined;
  const reading = {
    measured: (mark: CaliperMark) => mark,
    whenRead: () => new Promise<void>((resolve) => (read = resolve)),
  } as unknown as ReturnType<typeof useCaliperReading>;
  const draft = useCaliperDraft(reading);
  draft.show({ id: 'm', kind: 'interval', startS: 1, endS: 2, lead: 0 } as CaliperMark);
  void draft.keep();
  await Promise.resolve();
  expect(draft.dropPending()).toBe(false);
  const settled = draft.settled().then(() => edit.mock.calls.length);
  read();
  expect(await settled).toBe(1);
  draft.show({ id: 'm', kind: 'interval', startS: 1, endS: 3, lead: 0 } as CaliperMark);
  expect(draft.dropPending()).toBe(true);
});
