import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { watch } from 'vue';
import { createMockTransport } from '../transport/mock';
import { provideTransport, useTransport } from '../transport';
import { useAnalysis } from './analysis';
import { drawAtOnce } from './testing/drawn-at-once';
import { useEvents } from './events';
import { useFindings } from './findings';
import { useRecording } from './recording';
import { useReview } from './review';
import { useSettings } from './settings';
import { useSight } from './sight';
import { useView } from './view';

async function openAgain(): Promise<void> {
  setActivePinia(createPinia());
  drawAtOnce();
  await useSettings().load();
  await useRecording().open('mock-1');
  await useAnalysis().start();
  await useReview().load();
  await useFindings().load();
}

beforeEach(async () => {
  vi.stubGlobal('window', { screen: { width: 1, height: 1 }, devicePixelRatio: 1 });
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work));
  provideTransport(createMockTransport({ durationS: 300, delayMs: 0 }));
  await openAgain();
});

const settled = (): Promise<void> =>
  vi.waitFor(() => expect(useReview().saving).toBe(0)).then(() => useFindings().load());

it('walks the events of a kind worst first, then those of the next kind', () => {
  const events = useEvents();
  events.resume();
  const walked = [events.current!];
  while (events.walk(1)) walked.push(events.current!);
  expect(walked.map(({ kind }) => kind).slice(0, 6)).toEqual([
    'pause',
    'pause',
    'ventricular-tachycardia',
    'ventricular-tachycardia',
    'ventricular-tachycardia',
    'af',
  ]);
  expect(walked.slice(2, 5).map(({ beats }) => beats)).toEqual([9, 8, 3]);
  // What is settled by the form of its beats is no stop.
  expect(walked.some(({ kind }) => kind === 'ventricular-couplet')).toBe(false);
  expect(events.walk(1)).toBe(false);
});

it('puts an event whole on the paper, in the middle; one longer than the paper from its start', () => {
  const events = useEvents();
  const view = useView();
  const find = (kind: string) => events.walkOrder.find((one) => one.kind === kind)!;
  const vt = find('ventricular-tachycardia');
  events.show(vt);
  expect(view.leftS + view.spanS / 2).toBeCloseTo((vt.startS + vt.endS) / 2);
  const af = find('af');
  events.show(af);
  expect(view.leftS).toBeLessThan(af.startS);
  expect(view.leftS).toBeGreaterThan(af.startS - 2);
});

it('a decision shows at once and leads to the next open event of the kind', async () => {
  const events = useEvents();
  events.resume();
  const first = events.current!;
  events.decide('confirm');
  expect(useFindings().byId.get(first.id)!.state).toBe('confirmed');
  expect(events.current!.id).not.toBe(first.id);
  expect(events.current!.kind).toBe(first.kind);
  await settled();
  expect(useFindings().byId.get(first.id)!.state).toBe('confirmed');
});

it('the same key on a decided event moves on and changes nothing; only undo takes it back', async () => {
  const events = useEvents();
  const findings = useFindings();
  events.resume();
  const first = events.current!;
  events.decide('unsure');
  await settled();
  events.show(findings.byId.get(first.id)!);
  events.decide('unsure');
  await settled();
  expect(events.current!.id).not.toBe(first.id);
  expect(findings.byId.get(first.id)!.state).toBe('unsure');
  await events.undo();
  expect(findings.byId.get(first.id)!.state).toBe('open');
  expect(events.current!.id).toBe(first.id);
});

it('a rejection asks what it is instead, and takes the answer', async () => {
  const events = useEvents();
  const findings = useFindings();
  events.resume();
  const first = events.current!;
  events.reject();
  expect(events.rejecting).toBe(true);
  expect(findings.byId.get(first.id)!.state).toBe('open');
  events.decide('reject', 'artefact');
  await settled();
  expect(findings.byId.get(first.id)).toMatchObject({ state: 'rejected', rejectedAs: 'artefact' });
  expect(events.rejecting).toBe(false);
});

it('decides on nothing that is not on the paper, but shows it', async () => {
  const events = useEvents();
  events.resume();
  const first = events.current!;
  useView().scrollTo(280);
  events.decide('confirm');
  await settled();
  expect(useFindings().byId.get(first.id)!.state).toBe('open');
  expect(useView().leftS).toBeLessThan(first.startS);
});

it('resumes at the first event that needs the reader, and says how far the last sitting came', async () => {
  const before = useEvents();
  before.resume();
  expect(before.resumed).toBeNull();
  before.decide('confirm');
  await settled();
  await openAgain();
  const events = useEvents();
  events.resume();
  expect(events.current).toMatchObject({ kind: 'ventricular-tachycardia', beats: 9 });
  expect(events.resumed).toMatchObject({
    decided: 1,
    of: events.walkOrder.length,
    reader: 'A. Reader',
  });
});

it('Shift N goes to what needs the reader in any kind, then to what is open', async () => {
  const events = useEvents();
  const seen: string[] = [];
  while (events.needYou > 0) {
    events.walkNeeding();
    seen.push(`${events.current!.kind} ${events.current!.startS}`);
    expect(events.current!.urgent).toBe(true);
    events.decide('confirm');
    await settled();
  }
  expect(new Set(seen).size).toBe(seen.length);
  events.walkNeeding();
  expect(events.current!.state).toBe('open');
});

it('a note that was begun is there again, and goes with the decision', async () => {
  const events = useEvents();
  events.resume();
  const first = events.current!;
  events.note = 'seen before';
  events.walk(1);
  expect(events.note).toBe('');
  events.walk(-1);
  expect(events.note).toBe('seen before');
  events.decide('confirm');
  await settled();
  expect(useFindings().byId.get(first.id)!.note).toBe('seen before');
});

it('a note that was begun is shown to no other reader', async () => {
  const events = useEvents();
  const reader = useSettings().values.readerName;
  events.resume();
  events.note = 'seen by the first';
  useSettings().set({ readerName: 'Dr Second' });
  expect(events.note).toBe('');
  useSettings().set({ readerName: reader });
  expect(events.note).toBe('seen by the first');
});

it('the note in sight is the stored one after an undo and after another has written it', async () => {
  const events = useEvents();
  const findings = useFindings();
  events.resume();
  const first = events.current!;
  events.note = 'one';
  events.decide('confirm');
  await settled();
  events.show(findings.byId.get(first.id)!);
  events.note = 'two';
  events.keepNote();
  await settled();
  expect(findings.byId.get(first.id)!.note).toBe('two');
  await events.undo();
  expect(events.note).toBe('one');
  await findings.decide([findings.byId.get(first.id)!], 'confirm', 'of another page');
  await settled();
  expect(events.note).toBe('of another page');
});

it('confirms what is left of a kind as one act, once the worst was decided, and nothing that is urgent', async () => {
  const events = useEvents();
  const findings = useFindings();
  const runs = () => findings.all.filter(({ kind }) => kind === 'ventricular-tachycardia');
  const [worst, urgent, short] = events.walkOrder.filter(({ id }) =>
    runs().some((one) => one.id === id),
  );
  const stateOf = (one = worst) => findings.byId.get(one!.id)!.state;
  events.show(worst!);
  events.confirmTogether();
  expect(runs().every(({ state }) => state === 'open')).toBe(true);
  events.decide('confirm');
  expect(events.togetherOf('ventricular-tachycardia').map(({ id }) => id)).toEqual([short!.id]);
  events.confirmTogether();
  // Shown at once; what is urgent is left, and comes next.
  expect(stateOf(short)).toBe('confirmed');
  expect(events.current!.id).toBe(urgent!.id);
  await settled();
  expect([stateOf(worst), stateOf(urgent), stateOf(short)]).toEqual([
    'confirmed',
    'open',
    'confirmed',
  ]);
  await events.undo();
  expect([stateOf(worst), stateOf(urgent), stateOf(short)]).toEqual(['confirmed', 'open', 'open']);
});

/** As a recording is that was opened a moment ago: the decisions made earlier come once they are answered. */
async function openWaiting(): Promise<{ answer: () => Promise<void>; restore: () => void }> {
  const load = useTransport().call;
  let told: () => void = () => undefined;
  const asked = vi.spyOn(useTransport(), 'call').mockImplementation((async (
    method: string,
    ...given: never[]
  ) => {
    if (method === 'review.summary') await new Promise<void>((resolve) => (told = resolve));
    return (load as (...all: unknown[]) => unknown)(method, ...given);
  }) as never);
  setActivePinia(createPinia());
  drawAtOnce();
  await useSettings().load();
  await useRecording().open('mock-1');
  await useAnalysis().start();
  const loading = useReview().load();
  await useFindings().load();
  expect(useReview().state).toBeNull();
  return {
    async answer() {
      await vi.waitFor(() => expect(asked.mock.calls.at(-1)![0]).toBeDefined());
      told();
      await loading;
      await settled();
    },
    restore: () => asked.mockRestore(),
  };
}

it('a key that comes before the decisions are there is for the event that was in hand then', async () => {
  const [event] = useEvents().walkOrder;
  const { answer, restore } = await openWaiting();
  const again = useEvents();
  again.show(event!);
  again.decide('confirm');
  again.reject();
  await answer();
  expect(useFindings().byId.get(event!.id)?.state).toBe('confirmed');
  restore();
});

it('an undo that comes before the decisions are there is of what was decided just before it, and of nothing earlier', async () => {
  const [earlier, event] = useEvents().walkOrder;
  useEvents().show(earlier!);
  useEvents().decide('confirm');
  await settled();
  const { answer, restore } = await openWaiting();
  const again = useEvents();
  again.show(event!);
  again.decide('confirm');
  const undone = again.undo();
  await answer();
  await undone;
  const stateOf = (id: string) => useFindings().byId.get(id)?.state;
  expect([stateOf(earlier!.id), stateOf(event!.id)]).toEqual(['confirmed', 'open']);
  expect(again.current?.id).toBe(event!.id);
  restore();
});

it('of an undo that comes before what was found is there nothing wrong is said', async () => {
  const [event] = useEvents().walkOrder;
  useEvents().show(event!);
  useEvents().decide('confirm');
  await settled();
  setActivePinia(createPinia());
  drawAtOnce();
  await useSettings().load();
  await useRecording().open('mock-1');
  await useAnalysis().start();
  await useReview().load();
  const again = useEvents();
  expect(useFindings().found).toBeNull();
  await again.undo();
  expect(useSight().refused).toBeNull();
  expect(useFindings().byId.get(event!.id)?.state).toBe('open');
});

it('an undo shows at once what it takes back, and another act between them is not mistaken for it', async () => {
  const events = useEvents();
  const [first, second] = events.walkOrder;
  const stateOf = (one: { id: string }) => useFindings().byId.get(one.id)!.state;
  for (const event of [first!, second!]) {
    events.show(event);
    events.decide('unsure');
    await settled();
  }
  const undone = events.undo();
  expect([first!, second!].map(stateOf)).toEqual(['unsure', 'open']);
  await undone;
  expect([first!, second!].map(stateOf)).toEqual(['unsure', 'open']);
  // Not of this page's last decision: nothing is shown before it is known.
  await useReview().edit({ kind: 'delete-beat', timeS: 1 });
  const other = events.undo();
  expect(stateOf(first!)).toBe('unsure');
  await other;
  expect(useSight().refused).toBe('undoneElsewhere');
  expect(stateOf(first!)).toBe('unsure');
  const last = events.undo();
  expect(stateOf(first!)).toBe('open');
  await last;
  expect(useSight().refused).toBeNull();
  expect(stateOf(first!)).toBe('open');
});

it('of two decisions on one event the first to be stored does not show over the second', async () => {
  const events = useEvents();
  const findings = useFindings();
  const [event] = events.walkOrder;
  const shown: string[] = [];
  const stop = watch(
    () => findings.byId.get(event!.id)?.state,
    (state) => shown.push(state!),
    { flush: 'sync' },
  );
  const answered = useTransport().call;
  let store: () => void = () => undefined;
  const asked = vi.spyOn(useTransport(), 'call').mockImplementation((async (
    method: string,
    input: { edit?: { decision?: string } },
    ...given: never[]
  ) => {
    if (input.edit?.decision === 'confirm') await new Promise<void>((go) => (store = go));
    return (answered as (...all: unknown[]) => unknown)(method, input, ...given);
  }) as never);
  events.show(event!);
  events.decide('unsure');
  events.show(event!);
  events.decide('confirm');
  // The first is stored and has come back.
  const before = findings.version;
  await vi.waitFor(() => expect(findings.version).toBeGreaterThan(before));
  await vi.waitFor(() => expect(useReview().saving).toBe(1));
  await findings.load();
  store();
  await settled();
  asked.mockRestore();
  stop();
  expect(shown).toEqual(['unsure', 'confirmed']);
});

it('decides on nothing whose signal is not drawn yet, and does once it is', async () => {
  const events = useEvents();
  const sight = useSight();
  events.resume();
  const event = events.current!;
  const stateNow = () => useFindings().byId.get(event.id)?.state;
  const { drawn } = sight;
  // The paper is at its place, and says that the signal is being read.
  sight.drawn = null;
  events.decide('confirm');
  events.reject();
  expect([events.current!.id, events.rejecting, sight.refused]).toEqual([
    event.id,
    false,
    'notDrawn',
  ]);
  // What was drawn elsewhere is not what is decided on.
  sight.drawn = { leftS: drawn!.leftS + 20, rightS: drawn!.rightS + 20 };
  events.decide('confirm');
  await settled();
  expect(stateNow()).toBe('open');
  sight.drawn = drawn;
  events.decide('confirm');
  await settled();
  expect([stateNow(), sight.refused]).toEqual(['confirmed', null]);
});

it('confirms the rest of a kind only where the paper shows a signal', async () => {
  const events = useEvents();
  const sight = useSight();
  events.show(events.walkOrder.find(({ kind }) => kind === 'ventricular-tachycardia')!);
  events.decide('confirm');
  await settled();
  events.openKind = 'ventricular-tachycardia';
  const rest = events.togetherOf('ventricular-tachycardia').map(({ id }) => id);
  expect(rest.length).toBeGreaterThan(0);
  const states = () => rest.map((id) => useFindings().byId.get(id)!.state);
  const { drawn } = sight;
  sight.drawn = null;
  events.confirmTogether();
  await settled();
  expect(new Set(states())).toEqual(new Set(['open']));
  sight.drawn = drawn;
  events.confirmTogether();
  await settled();
  expect(new Set(states())).toEqual(new Set(['confirmed']));
});
