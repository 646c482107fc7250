import { createPinia, disposePinia, setActivePinia, type Pinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useFamilyActs } from './family-acts';

const { calls, families, review } = await vi.hoisted(async () => {
  const { reactive } = await import('vue');
  const calls: string[] = [];
  const family = {
    id: 'b',
    name: 'V b',
    beatClass: 'V',
    alike: [],
    proposal: { of: 'a', beatClass: 'N', likeness: 0.9, beats: 2 },
  };
  const settled = { id: 'a', name: 'N a', beatClass: 'N', alike: [] };
  return {
    calls,
    families: reactive({
      actsUnderWay: 0,
      version: 0,
      all: [family],
      shown: [family],
      targets: [family],
      byId: new Map([['a', { family: settled, at: 1 }]]),
      found: { members: { timeS: [1, 2], family: [0, 0], proposed: [1, 1] } },
      membersOf: () => new Uint32Array([0, 1]),
      nameOf: ({ name }: { name: string }) => name,
      isHidden: () => false,
      load: async () => undefined,
      show: () => undefined,
      showUnseen: () => undefined,
    }),
    review: reactive({
      state: { beatActs: [] as number[], canUndo: true, canRedo: true },
      failure: null,
      edit: async ({ kind }: { kind: string }) => {
        calls.push(kind);
        review.state.beatActs = [...review.state.beatActs, calls.length];
      },
      undo: async () => void calls.push('undo'),
    }),
  };
});
let answerPreview: () => void;
const asked: string[] = [];
const signals: (AbortSignal | null)[] = [];
vi.mock('./analysis', () => ({ useAnalysis: () => ({ analysisId: 'x' }) }));
vi.mock('./families', () => ({ useFamilies: () => families }));
vi.mock('./review', () => ({ useReview: () => review }));
vi.mock('./settings', () => ({ useSettings: () => ({ values: { readerName: 'Dr A' } }) }));
vi.mock('./view', () => ({ useView: () => ({ tab: 'beats' }) }));
vi.mock('../transport', () => ({
  useTransport: () => ({
    call: (method: string, input: object, options?: { signal: AbortSignal }) =>
      new Promise((resolve) => {
        signals.push(options?.signal ?? null);
        asked.push(JSON.stringify([method, input]));
        answerPreview = () => resolve({ ok: false, error: { code: 'cancelled', message: '' } });
      }),
  }),
}));

let pinia: Pinia;
afterEach(() => {
  disposePinia(pinia);
  vi.useRealTimers();
});
beforeEach(() => {
  // What is asked for a moment after an act is not for the next test.
  vi.useFakeTimers();
  setActivePinia((pinia = createPinia()));
  calls.length = 0;
  asked.length = 0;
  signals.length = 0;
  families.actsUnderWay = 0;
  review.state.beatActs = [];
});

describe('an undo right after an act with families', () => {
  it.each([
    ['a proposal that is taken', (acts: ReturnType<typeof useFamilyActs>) => acts.accept(false)],
    ['a class that is given', (acts: ReturnType<typeof useFamilyActs>) => acts.relabel('S')],
  ])('takes back that act and none before it: %s', async (_what, act) => {
    const acts = useFamilyActs();
    const acted = act(acts);
    const undone = acts.undo();
    answerPreview();
    await Promise.all([acted, undone]);
    expect(calls).toEqual(['relabel-beats', 'undo']);
    expect(families.actsUnderWay).toBe(0);
  });

  it('is not dropped where another undo goes on', async () => {
    const acts = useFamilyActs();
    await Promise.all([acts.undo(), acts.undo()]);
    expect(calls).toEqual(['undo', 'undo']);
  });
});

describe('a key that comes while an act is being made', () => {
  it('is not for what will be in hand after, and that it did nothing is said until the next', async () => {
    const acts = useFamilyActs();
    const acted = acts.relabel('S');
    await acts.see();
    await acts.accept(false);
    expect(acts.tooEarly).toBe(true);
    answerPreview();
    await acted;
    expect(calls).toEqual(['relabel-beats']);
    expect(acts.tooEarly).toBe(true);
    const again = acts.relabel('F');
    expect(acts.tooEarly).toBe(false);
    answerPreview();
    await again;
    expect(calls).toEqual(['relabel-beats', 'relabel-beats']);
  });

  it('is said likewise before the decisions are there', async () => {
    const { state } = review;
    review.state = null as never;
    const acts = useFamilyActs();
    await acts.see();
    expect({ calls, tooEarly: acts.tooEarly }).toEqual({ calls: [], tooEarly: true });
    review.state = state;
  });
});

it('asks what a class would change by the name of the family, whatever the number of its beats', async () => {
  const few = families.membersOf;
  const beats = 80_000;
  families.membersOf = () => Uint32Array.from({ length: beats }, (_, i) => i);
  const members = {
    timeS: Array.from({ length: beats }, (_, i) => i),
    family: [0],
    proposed: new Array(beats).fill(1),
  };
  const { found } = families;
  families.found = { members };
  const acts = useFamilyActs();
  const acted = acts.relabel('S');
  answerPreview();
  await acted;
  expect(asked).toHaveLength(1);
  expect(asked[0]!.length).toBeLessThan(300);
  Object.assign(families, { membersOf: few, found });
});

it('stops asking what classes would change where one is given, and asks again after it', async () => {
  const acts = useFamilyActs();
  families.version++;
  await vi.advanceTimersByTimeAsync(1000);
  expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
  const acted = acts.relabel('S');
  expect(signals[0]!.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(1000);
  // What the act itself would change, which is said of it.
  expect(signals.slice(1)).toEqual([null]);
  answerPreview();
  await acted;
  await vi.advanceTimersByTimeAsync(1000);
  expect(signals.slice(2).map((signal) => signal?.aborted)).toEqual([false]);
});

it('lists the acts that stand, wherever they are taken back, and says of another that it was none of them', async () => {
  const acts = useFamilyActs();
  const acted = acts.relabel('S');
  answerPreview();
  await acted;
  const [act] = acts.listed;
  expect(act).toMatchObject({ family: 'V b' });
  // The last act was a decision on an event, made in another tab.
  await acts.undo();
  expect(acts.listed).toEqual([act]);
  expect(acts.said).toMatchObject({ place: null, text: expect.stringContaining('another tab') });
  // Taken back in another tab, and made again here.
  review.state.beatActs = [];
  expect(acts.listed).toEqual([]);
  review.undo = async () => void (review.state.beatActs = [act!.place!]);
  await acts.undo(true);
  expect(acts.listed).toEqual([act]);
  expect(acts.said).toBeNull();
  review.undo = async () => void calls.push('undo');
});
