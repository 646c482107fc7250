import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestContext } from '../../shared/contract';
import {
  BEAT_CLASSES,
  DEFAULT_FINDING_THRESHOLDS,
  type Finding,
  type ReviewEdit,
} from '../../shared/domain';
import { findingsOf } from '../findings/findings';
import { findingsJson } from '../findings/findings-json';
import { createInlinePool } from '../workers/inline-pool';
import { beatsCsv, findingsCsv, segmentsCsv } from './csv';
import { createReviews, type Reviews } from './handlers';
import { analysedSignal, createReadings, type Readings, type ReviewedAnalysis } from './readings';
import type { ReviewCounts } from './store/types';
import { openSqliteStore, type SqliteStore } from './store/sqlite-store';
import { actsOn, verdict } from './testing/acts';
import { lettersAnalysis } from './testing/letters-analysis';
import { valueOf } from '../../shared/domain/testing/value-of';

const context: RequestContext = { signal: new AbortController().signal };
let folder: string;
let store: SqliteStore;
let reviewed: ReviewedAnalysis;
let readings: Readings;
let reviews: Reviews;
let counted: ReviewCounts | null;
let next = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiducial-readings-'));
  const opened = openSqliteStore(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  store = opened.value;
  reviewed = lettersAnalysis();
  counted = null;
  const find = (id: string): ReviewedAnalysis | null => (id === 'none' ? null : reviewed);
  readings = createReadings({
    trail: store.trail,
    analysis: find,
    thresholds: () => DEFAULT_FINDING_THRESHOLDS,
    pool: createInlinePool(),
  });
  reviews = createReviews({
    trail: store.trail,
    readings,
    analysis: find,
    putCounts: (_, counts) => (counted = counts),
    teaching: async () => null,
    changed: () => undefined,
  });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const { decide, undo, found } = actsOn(() => reviews);

/** Everything that is said of a recording says the same. */
async function expectAgreement(id: string): Promise<void> {
  const now = await found(id);
  const held = now.findings.filter(({ state }) => state !== 'rejected');
  const count = (kind: Finding['kind']): number =>
    held.filter((finding) => finding.kind === kind).length;

  // Tiles and the list.
  expect(new Set(now.findings.map((finding) => finding.id)).size).toBe(now.findings.length);
  for (const { kind, total, rejected } of now.counts.kinds) {
    expect([kind, total]).toEqual([kind, count(kind)]);
    expect(rejected).toBe(
      now.findings.filter((one) => one.kind === kind && one.state === 'rejected').length,
    );
  }
  expect(now.counts.needReader).toBe(
    held.filter(({ urgent, state }) => urgent && state === 'open').length,
  );

  // The hours.
  const sum = (of: (hour: (typeof now.hours)[number]) => number): number =>
    now.hours.reduce((total, hour) => total + of(hour), 0);
  expect(sum((hour) => hour.beats)).toBe(now.counts.beats.total);
  expect(sum((hour) => hour.ventricularBeats)).toBe(now.counts.beats.V);
  expect(sum((hour) => hour.supraventricularBeats)).toBe(now.counts.beats.S);
  expect(sum((hour) => hour.ventricularCouplets)).toBe(count('ventricular-couplet'));
  expect(sum((hour) => hour.ventricularRuns)).toBe(
    count('ventricular-tachycardia') + count('ventricular-run'),
  );
  expect(sum((hour) => hour.pauses)).toBe(count('pause') + count('asystole'));
  expect(sum((hour) => hour.afS)).toBeCloseTo(now.counts.afS, 9);

  // The rate, and its trend.
  const rate = now.heartRate!;
  expect(rate.lowest.bpm).toBeLessThanOrEqual(rate.meanBpm);
  expect(rate.meanBpm).toBeLessThanOrEqual(rate.highest.bpm);
  expect(Math.min(...[...now.trend.lowestBpm].filter((bpm) => bpm > 0))).toBeGreaterThanOrEqual(
    rate.lowest.bpm - 1e-3,
  );

  // The table.
  const lines = findingsCsv(now.findings).trimEnd().split('\r\n').slice(1);
  expect(lines.map((line) => line.split(',')[0])).toEqual(now.findings.map(({ id: own }) => own));
  expect(lines.map((line) => line.split(',')[10])).toEqual(now.findings.map(({ state }) => state));

  // The beats, as letters on the paper and as a table: those that were rejected are not among them.
  const { beats } = valueOf(await readings.of(id));
  const letters = Array.from(now.beats.beatClass, (code) => BEAT_CLASSES[code]!);
  for (const letter of BEAT_CLASSES) {
    expect(letters.filter((own) => own === letter)).toHaveLength(now.counts.beats[letter]);
  }
  const { follows } = now.beats;
  const beatLines = beatsCsv(beats)
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .filter((line) => line.endsWith(',yes'));
  expect(beatLines.map((line) => line.split(',')[2])).toEqual(letters);
  const rrMs = beatLines.map((line) => line.split(',')[4]!);
  expect(rrMs.map((ms) => (ms === '' ? 0 : 1))).toEqual([...follows]);
  expect(Math.max(...rrMs.map(Number))).toBe(Math.round(now.heartRate!.longestRr.ms));

  // Told anew, from the trail's beginning, by nobody who remembers anything.
  const standing = store.trail.standing(id);
  const reading = valueOf(await readings.of(id));
  const signal = analysedSignal(reviewed.result, true);
  const anew = valueOf(
    await createReadings({
      trail: store.trail,
      analysis: () => reviewed,
      thresholds: () => DEFAULT_FINDING_THRESHOLDS,
      pool: createInlinePool(),
    }).of(id),
  );
  expect(anew.findings).toEqual(reading.findings);
  expect(now.findings).toEqual(reading.findings.findings);
  const json = findingsJson(anew.findings, signal.durationS);
  expect(json).toMatchObject({ findings: now.findings, counts: now.counts, hours: now.hours });
  if (standing.beatActs().length + standing.findingDecisions().length === 0) {
    expect(now.findings).toEqual(findingsOf(signal, DEFAULT_FINDING_THRESHOLDS).findings);
  }

  // Segments: what is decided is counted alike everywhere.
  const state = valueOf(await reviews.handlers['review.summary']({ analysisId: id }, context));
  const decided = new Set(state.decisions.map(({ segment }) => segment));
  const flagged = reading.segments.filter((segment) => segment.verdict === 'Abnormal');
  expect(state.counts.decided).toBe(flagged.filter(({ index }) => decided.has(index)).length);
  const rows = segmentsCsv(reading.segments, state.decisions).trimEnd().split('\r\n').slice(1);
  expect(rows.filter((row) => row.split(',')[7] !== 'none')).toHaveLength(decided.size);
}

describe('a reading', () => {
  it('agrees with itself after any sequence of decisions, corrections, undo and redo', async () => {
    const act = fc.record({
      what: fc.constantFrom(
        'confirm',
        'reject',
        'unsure',
        'none',
        'relabel',
        'delete',
        'add',
        'undo',
        'redo',
      ),
      which: fc.nat(500),
      many: fc.integer({ min: 1, max: 4 }),
      rejectedAs: fc.constantFrom('artefact' as const, 'aberrant' as const, null),
      letter: fc.constantFrom(...BEAT_CLASSES),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 8 }), async (acts) => {
        const id = `analysis-${next++}`;
        for (const { what, which, many, rejectedAs, letter } of acts) {
          const { findings } = await found(id);
          const { beats } = valueOf(await readings.of(id));
          const some = findings.slice(which % findings.length).slice(0, many);
          const first = which % Math.max(1, beats.timeS.length);
          const timesS = [...beats.timeS.slice(first, first + many)];
          if (what === 'undo' || what === 'redo') await undo(id, what === 'redo');
          else if (what === 'add')
            valueOf(await decide(id, { kind: 'add-beat', timeS: which / 9, beatClass: letter }));
          else if (what === 'relabel' && timesS.length > 0)
            valueOf(
              await decide(id, { kind: 'relabel-beats', timesS, beatClass: letter, family: 'a' }),
            );
          else if (what === 'delete' && timesS.length > 0)
            valueOf(await decide(id, { kind: 'delete-beats', timesS, family: 'a' }));
          else if (what !== 'relabel' && what !== 'delete')
            valueOf(await decide(id, verdict(some, what as 'confirm', rejectedAs)));
        }
        await expectAgreement(id);
        // All of it taken back is as though nothing had been done.
        while ((await undo(id)).ok);
        await expectAgreement(id);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('is made once between two acts, and its beats once for all decisions on them', async () => {
    const first = valueOf(await readings.of('a'));
    expect(valueOf(await readings.of('a'))).toBe(first);
    const [vt] = first.findings.findings.filter(({ kind }) => kind === 'ventricular-tachycardia');
    valueOf(await decide('a', verdict([vt!], 'confirm')));
    const second = valueOf(await readings.of('a'));
    expect(second.findings.findings.find(({ id }) => id === vt!.id)?.state).toBe('confirmed');
    expect(second.beats).toBe(first.beats);
    valueOf(await undo('a'));
    const third = valueOf(await readings.of('a'));
    expect(third.findings.findings.find(({ id }) => id === vt!.id)?.state).toBe('open');
    expect(valueOf(await readings.of('a', 'b'))).not.toBe(third);
  });

  it('answers an act with what its asker does not know: neither the act nor those before it', async () => {
    const { beats } = await found('a');
    const edit = (at: number): ReviewEdit => ({
      kind: 'see-beats',
      timesS: [...beats.timeS.slice(at, at + 20)],
      family: '',
    });
    const answers = reviews.handlers;
    const first = valueOf(await decide('a', edit(0)));
    expect(first.beatEdits).toHaveLength(first.beatActs.length);
    const knowsActs = first.beatActs.at(-1)!;
    const asked = { analysisId: 'a', reader: 'a', knowsActs };
    const second = valueOf(await answers['review.decide']({ ...asked, edit: edit(20) }, context));
    expect(second).toMatchObject({ beatActs: [...first.beatActs, second.made!], beatEdits: [] });
    expect(JSON.stringify(second.beatEdits).length).toBeLessThan(20);
    const undone = valueOf(await answers['review.undo']({ ...asked, redo: false }, context));
    expect(undone).toMatchObject({ beatActs: first.beatActs, beatEdits: [] });
    const redone = valueOf(await answers['review.undo']({ ...asked, redo: true }, context));
    expect(redone).toMatchObject({ beatActs: second.beatActs, beatEdits: [edit(20)] });
    const all = valueOf(await answers['review.summary']({ analysisId: 'a' }, context));
    expect(all.beatEdits).toHaveLength(second.beatActs.length);
    valueOf(await undo('a'));
    valueOf(await undo('a'));
  });

  it('names no arrhythmia when everything is overruled, and counts what was rejected', async () => {
    for (;;) {
      const open = (await found('a')).findings.filter(({ state }) => state === 'open');
      if (open.length === 0) break;
      valueOf(await decide('a', verdict(open, 'reject')));
    }
    const now = await found('a');
    expect(now.counts.kinds.every(({ total }) => total === 0)).toBe(true);
    expect(now.counts.beats).toMatchObject({ V: 0, S: 0, F: 0 });
    expect(now.counts.afS).toBe(0);
    const state = valueOf(await reviews.handlers['review.summary']({ analysisId: 'a' }, context));
    expect(state.counts.decided).toBe(state.counts.flagged);
    expect(counted).toMatchObject({ needReader: 0, decided: state.counts.flagged });
    await expectAgreement('a');
  });

  it('settles the flagged segments that a confirmed finding explains', async () => {
    const before = valueOf(await reviews.handlers['review.summary']({ analysisId: 'a' }, context));
    expect(before.counts.decided).toBe(0);
    const { findings } = await found('a');
    const state = valueOf(await decide('a', verdict(findings, 'confirm')));
    expect(state.counts.decided).toBe(state.counts.flagged);
    expect(state.counts.borderlineDecided).toBe(state.counts.borderline);
    expect(state.decisions.every(({ decision, settled }) => decision === 'agree' && settled)).toBe(
      true,
    );
    // One's own word on a segment stands above what follows from its findings.
    const own = await decide('a', {
      kind: 'decide-segments',
      segments: [0],
      decision: 'overrule',
      note: '',
    });
    expect(valueOf(own).decisions[0]).toMatchObject({ segment: 0, decision: 'overrule' });
  });

  it('takes a family that was relabelled for seen, and closes the segments that it was flagged for', async () => {
    reviewed = lettersAnalysis(`${'N'.repeat(20)}V${'N'.repeat(40)}`);
    const [single] = (await found('a')).findings.filter((one) => one.kind === 'ventricular-beat');
    const seen = {
      kind: 'relabel-beats' as const,
      timesS: [single!.startS],
      family: 'V a',
    };
    valueOf(await decide('a', { ...seen, beatClass: 'V' }));
    expect((await found('a')).findings.find(({ id }) => id === single!.id)).toMatchObject({
      state: 'confirmed',
      reader: 'a',
    });
    const closed = valueOf(await decide('a', { ...seen, beatClass: 'N' }));
    const isIn = ({ segment }: { segment: number }) => segment === 1 || segment === 2;
    expect(closed.decisions.filter(isIn)).toMatchObject([
      { decision: 'overrule', settled: true },
      { decision: 'overrule', settled: true },
    ]);
    expect((await found('a')).counts.beats.V).toBe(0);
  });

  it('keeps readers apart where it is asked to, and lets each undo their own', async () => {
    const [first, second] = (await found('a')).findings;
    valueOf(await decide('a', verdict([first!], 'reject'), 'x'));
    valueOf(await decide('a', verdict([second!], 'confirm'), 'y'));
    const stateOf = async (reader: string | null) =>
      (await found('a', reader)).findings
        .filter(({ state }) => state !== 'open')
        .map(({ id, state }) => [id, state]);
    expect(await stateOf('x')).toEqual([[first!.id, 'rejected']]);
    expect(await stateOf('y')).toEqual([[second!.id, 'confirmed']]);
    expect(await stateOf(null)).toHaveLength(2);
    expect(await undo('a', false, 'z')).toMatchObject({ error: { code: 'conflict' } });
    valueOf(await undo('a', false, 'x'));
    expect(await stateOf(null)).toEqual([[second!.id, 'confirmed']]);
  });

  it('refuses findings and segments that there are not', async () => {
    const [finding] = (await found('a')).findings;
    const unknown = await decide('a', verdict([{ ...finding!, id: 'pause@1' }], 'confirm'));
    expect(unknown).toMatchObject({ error: { code: 'bad-input' } });
    const segments = { kind: 'decide-segments' as const, segments: [999], note: '' };
    expect(await decide('a', { ...segments, decision: 'agree' })).toMatchObject({
      error: { code: 'bad-input' },
    });
    expect(await decide('none', { ...segments, decision: 'agree' })).toMatchObject({
      error: { code: 'not-found' },
    });
    expect(store.trail.events('a')).toEqual([]);
  });

  it('makes changes in the order in which they were asked for', async () => {
    const [first] = (await found('a')).findings;
    const answers = await Promise.all([
      decide('a', verdict([first!], 'confirm')),
      undo('a'),
      decide('a', verdict([first!], 'unsure')),
    ]);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(store.trail.events('a').map(({ action }) => action)).toEqual(['edit', 'undo', 'edit']);
    expect((await found('a')).findings[0]).toMatchObject({ state: 'unsure' });
  });
});
