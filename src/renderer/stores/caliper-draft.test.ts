import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaliperMark } from '../../shared/domain';
import { useCaliperDraft } from './caliper-draft';
import type { useCaliperReading } from './caliper-reading';

const { analysis, review } = vi.hoisted(() => ({
  analysis: { analysisId: 'a' },
  review: {
    state: { calipers: [] as unknown[] },
    edit: vi.fn(async (_change: unknown, _of: string | null) => undefined),
  },
}));
vi.mock('./analysis', () => ({ useAnalysis: () => analysis }));
vi.mock('./review', () => ({ useReview: () => review }));

const mark = (endS: number) =>
  ({ id: 'm', kind: 'interval', startS: 1, endS, lead: 0, startMv: null }) as CaliperMark;
let read: () => void;
let fail: (cause: Error) => void;
const reading = {
  measured: (one: CaliperMark) => ({ ...one, startMv: 0.5 }),
  whenRead: () =>
    new Promise<void>((resolve, reject) => {
      read = resolve;
      fail = reject;
    }),
} as unknown as ReturnType<typeof useCaliperReading>;

beforeEach(() => {
  analysis.analysisId = 'a';
  review.edit.mockClear();
});

describe('a mark on its way into the trail', () => {
  it('is not dropped by an undo, which waits for it', async () => {
    const draft = useCaliperDraft(reading);
    draft.show(mark(2));
    void draft.keep();
    await Promise.resolve();
    expect(draft.dropPending()).toBe(false);
    const settled = draft.settled().then(() => review.edit.mock.calls.length);
    read();
    expect(await settled).toBe(1);
    draft.show(mark(3));
    expect(draft.dropPending()).toBe(true);
  });

  it('goes to the analysis that it was drawn on, as it was read there', async () => {
    const draft = useCaliperDraft({ ...reading, measured: (one) => one });
    draft.show(mark(2));
    const kept = draft.keep();
    await Promise.resolve();
    analysis.analysisId = 'b';
    draft.drop();
    read();
    await kept;
    expect(review.edit).toHaveBeenCalledWith({ kind: 'set-caliper', id: 'm', mark: mark(2) }, 'a');
  });

  it('that could not be read leaves the next undo its way', async () => {
    const draft = useCaliperDraft(reading);
    draft.show(mark(2));
    const kept = draft.keep();
    const refused = expect(kept).rejects.toThrow('gone');
    await Promise.resolve();
    fail(new Error('gone'));
    await refused;
    await expect(draft.settled()).resolves.toBeUndefined();
  });
});
