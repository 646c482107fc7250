import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestContext } from '../../shared/contract';
import { DEFAULT_FINDING_THRESHOLDS, type ReviewEdit, type ReviewState } from '../../shared/domain';
import { withChanges, type Change } from '../../shared/transport/changes';
import { decode, encode } from '../../shared/transport/codec';
import { valueOf } from '../../shared/domain/testing/value-of';
import { createInlinePool } from '../workers/inline-pool';
import { createReviews, type Reviews } from './handlers';
import { createReadings, type Readings, type ReviewedAnalysis } from './readings';
import { openSqliteStore, type SqliteStore } from './store/sqlite-store';
import { actsOn, verdict } from './testing/acts';
import { LETTERS, lettersAnalysis } from './testing/letters-analysis';

const context: RequestContext = { signal: new AbortController().signal };

let folder: string;
let store: SqliteStore;
let reviewed: ReviewedAnalysis;
let readings: Readings;
let reviews: Reviews;
let next = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-changed-'));
  store = valueOf(openSqliteStore(folder));
  reviewed = lettersAnalysis();
  readings = createReadings({
    trail: store.trail,
    analysis: () => reviewed,
    thresholds: () => DEFAULT_FINDING_THRESHOLDS,
    pool: createInlinePool(),
  });
  reviews = createReviews({
    trail: store.trail,
    readings,
    analysis: () => reviewed,
    putCounts: () => undefined,
    teaching: async () => null,
    changed: () => undefined,
  });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const { decide, undo, found } = actsOn(() => reviews);

it('finds a long recording once: a beat deleted, added or rejected goes on from there', async () => {
  reviewed = lettersAnalysis(LETTERS.repeat(200));
  const inline = createInlinePool();
  let asked = 0;
  readings = createReadings({
    trail: store.trail,
    analysis: () => reviewed,
    thresholds: () => DEFAULT_FINDING_THRESHOLDS,
    pool: { ...inline, run: (...of) => (asked++, inline.run(...of)) },
  });
  const now = async () => valueOf(await readings.of('long')).findings;
  const { findings, beats } = await now();
  const count = beats.timeS.length;
  expect(count).toBeGreaterThan(20_000);
  const by = { reader: 'a', modelSha256: 'm' };
  const act = (edit: ReviewEdit) => valueOf(store.trail.edit('long', edit, by));
  act({ kind: 'delete-beats', timesS: [beats.timeS[900]!], family: '' });
  expect((await now()).beats.timeS).toHaveLength(count - 1);
  act({ kind: 'add-beat', timeS: beats.timeS[900]! + 0.1, beatClass: 'V' });
  expect((await now()).beats.timeS).toHaveLength(count);
  const run = findings.find(({ kind }) => kind === 'ventricular-couplet')!;
  act(verdict([run], 'reject', 'artefact'));
  expect((await now()).beats.timeS).toHaveLength(count - 2);
  expect(asked).toBe(1);
});

/** A page that asks for what changed; an answer may be lost on its way. */
function pageOf(id: string) {
  let held: { version: string; value: unknown } | null = null;
  return async (isLost = false): Promise<unknown> => {
    const knows = held ? { knows: held.version } : {};
    const asked = { analysisId: id, reader: null, ...knows };
    const answer = valueOf(await reviews.handlers['analysis.findingsSince'](asked, context));
    if (isLost) return null;
    expect([null, held?.version]).toContain(answer.since);
    // As it comes through the codec of a browser.
    const change = decode(encode(answer.change)) as Change;
    const value = withChanges(answer.since === null ? {} : held!.value, change);
    held = { version: answer.version, value };
    return value;
  };
}

it('tells every window what changed such that each has what one that asks anew is given', async () => {
  let changes = 0;
  const steps = fc.record({
    act: fc.constantFrom('class', 'delete', 'add', 'see', 'confirm', 'reject', 'undo', 'redo'),
    place: fc.nat(200),
    asks: fc.constantFrom('first', 'second', 'both', 'lost', 'none'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 12 }), async (all) => {
      const id = `changed-${next++}`;
      const [first, second] = [pageOf(id), pageOf(id)];
      for (const { act, place, asks } of all) {
        const { findings, beats } = await found(id);
        const timesS = [...beats.timeS.slice(place % beats.timeS.length).slice(0, 3)];
        const one = findings[place % findings.length];
        if (act === 'undo' || act === 'redo') await undo(id, act === 'redo');
        else if (act === 'add')
          await decide(id, { kind: 'add-beat', timeS: place / 4, beatClass: 'V' });
        else if (act === 'confirm' || act === 'reject') {
          if (one) await decide(id, verdict([one], act));
        } else if (act === 'class')
          await decide(id, { kind: 'relabel-beats', timesS, beatClass: 'V', family: '' });
        else if (act === 'delete') await decide(id, { kind: 'delete-beats', timesS, family: '' });
        else await decide(id, { kind: 'see-beats', timesS, family: '' });
        const anew = await found(id);
        if (asks === 'lost') await first(true);
        if (asks === 'first' || asks === 'both') expect(await first()).toEqual(anew);
        if (asks === 'second' || asks === 'both') expect(await second()).toEqual(anew);
        if (asks !== 'none') changes++;
      }
      const anew = await found(id);
      expect(await first()).toEqual(anew);
      expect(await second()).toEqual(anew);
    }),
    { numRuns: 60 },
  );
  expect(changes).toBeGreaterThan(50);
});

it('answers acts with what they changed of the decisions on segments', async () => {
  const id = 'decisions';
  const { findings } = await found(id);
  let knows = '';
  let held: unknown = {};
  const fold = (state: ReviewState): void => {
    expect(state.decisions).toEqual([]);
    const { version, since, change } = state.decided!;
    expect(since).toBe(knows === '' ? null : knows);
    held = withChanges(since === null ? {} : held, decode(encode(change)) as Change);
    knows = version;
  };
  const by = () => ({ analysisId: id, reader: 'a', knowsDecided: knows });
  for (const [i, one] of findings.entries()) {
    const edit = verdict([one], i % 2 === 0 ? 'confirm' : 'unsure');
    fold(valueOf(await reviews.handlers['review.decide']({ ...by(), edit }, context)));
    if (i === 3)
      fold(valueOf(await reviews.handlers['review.undo']({ ...by(), redo: false }, context)));
    const anew = await reviews.handlers['review.summary']({ analysisId: id }, context);
    expect(held).toEqual(valueOf(anew).decisions);
  }
  expect(held).not.toHaveLength(0);
});

it('gives the whole to who knows an answer of a process that is gone, or one of long ago', async () => {
  const ask = async (knows?: string) =>
    valueOf(
      await reviews.handlers['analysis.findingsSince'](
        { analysisId: 'long-ago', reader: null, ...(knows !== undefined && { knows }) },
        context,
      ),
    );
  const first = await ask();
  expect((await ask(first.version)).since).toBe(first.version);
  for (let i = 0; i < 10; i++) await ask();
  for (const knows of [first.version, 'of another run/1', '']) {
    const { since, change } = await ask(knows);
    expect(since).toBeNull();
    expect(withChanges({}, change)).toEqual(await found('long-ago'));
  }
});

it('says of an act what it changed and not all that there is', async () => {
  const long = lettersAnalysis(LETTERS.repeat(60));
  reviewed = { ...long, result: { ...long.result, segments: [] } };
  const ask = async (knows?: string) =>
    valueOf(
      await reviews.handlers['analysis.findingsSince'](
        { analysisId: 'bytes', reader: null, ...(knows !== undefined && { knows }) },
        context,
      ),
    );
  const whole = await ask();
  const { findings } = await found('bytes');
  await decide('bytes', verdict([findings[0]!], 'confirm'));
  const after = await ask(whole.version);
  const bytes = (of: unknown): number => encode(of).byteLength;
  expect(bytes(after)).toBeLessThan(bytes(whole) / 50);
});
