import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { err } from '../../../shared/domain';
import type { Inference } from '../../inference/types';
import type { AnalysisResult } from '../../review/store/types';
import { writeSyntheticRecord } from '../../synthesis';
import { openRecording } from '../../formats/list';
import type { OpenRecording } from '../../formats/open-recording';
import { createInlinePool } from '../../workers/inline-pool';
import type { Pool } from '../../workers/types';
import type { ExplainInput } from '../analyser';
import { beatAnalyser } from './beat-analyser';
import { beatPlan, readStretch, readStretchInParts } from './beat-plan';
import { createBeatReads } from './beat-reads';
import { stretchesOf } from './beat-stretch';
import { createCollector } from '../collect';
import { fakeBeatInference as inference, fakeBeatModel as model } from '../testing/fake-beat-model';

const DURATION_S = 3000;

describe('beatAnalyser', () => {
  let dir: string;
  let recording: OpenRecording;
  let result: AnalysisResult;
  const progress: number[] = [];
  const inputWith = (signal = new AbortController().signal): ExplainInput => ({
    recording,
    model,
    lead: null,
    pool: createInlinePool(),
    inference,
    reads: createBeatReads(),
    signal,
  });

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiducial-beat-'));
    await writeSyntheticRecord(dir, {
      name: 'long',
      durationS: DURATION_S,
      rateHz: 128,
      leads: 1,
      seed: 3,
      format: 16,
      scenario: {
        stretches: [
          { untilS: 1490, rhythm: 'sinus', heartRateBpm: 70, ectopy: ['pvc', 'pvc', 'pvc', 'pvc'] },
          { untilS: DURATION_S, rhythm: 'sinus', heartRateBpm: 64 },
        ],
        disturbances: [{ kind: 'gap', startS: 2000, endS: 2030 }],
      },
    });
    const opened = await openRecording(join(dir, 'long'));
    if (!opened.ok) throw new Error(opened.error.message);
    recording = opened.value;
    const collector = createCollector();
    for await (const update of beatAnalyser.run(inputWith())) {
      if (!update.ok) throw new Error(update.error.message);
      collector.add(update.value);
      if (update.value.kind === 'progress') progress.push(update.value.done);
    }
    result = collector.result();
  });
  afterAll(async () => {
    await recording.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('gives every segment of the grid once, in order', () => {
    const plan = beatAnalyser.plan(inputWith());
    expect(plan.ok && plan.value.segmentsTotal).toBe(result.segments.length);
    expect(result.segments.map(({ index }) => index)).toEqual([...result.segments.keys()]);
    expect(result.segments.at(-1)!.endS).toBeCloseTo(DURATION_S, 6);
  });

  it('takes no time in which every lead is off for a pause', async () => {
    const fromS = [40, 100.3, 160.6, 220.9];
    await writeSyntheticRecord(dir, {
      ...{ name: 'off', durationS: 280, rateHz: 128, leads: 1, seed: 4, format: 16 },
      scenario: {
        stretches: [{ untilS: 280, rhythm: 'sinus', heartRateBpm: 60 }],
        disturbances: fromS.map((startS) => ({
          ...{ kind: 'lead-off', startS, endS: startS + 20, lead: 0 },
        })),
      },
    });
    const opened = await openRecording(join(dir, 'off'));
    if (!opened.ok) throw new Error(opened.error.message);
    const collector = createCollector();
    for await (const update of beatAnalyser.run({ ...inputWith(), recording: opened.value }))
      if (update.ok) collector.add(update.value);
    await opened.value.close();
    const { segments } = collector.result();
    expect(segments.filter(({ reason }) => reason === 'flat').length).toBeGreaterThan(0);
    expect(segments.filter(({ reason }) => reason?.startsWith('pause'))).toEqual([]);
  });

  it('finds in a glance what it finds there when it comes to it', async () => {
    const span = { startS: 600, endS: 660 };
    const glance = await beatAnalyser.glance!(inputWith(), span);
    if (!glance.ok) throw new Error(glance.error.message);
    const collector = createCollector();
    for (const update of glance.value) collector.add(update);
    const { beats, segments } = collector.result();
    const within = (timeS: number): boolean => timeS >= span.startS && timeS < span.endS;
    const first = result.beats.timeS.findIndex(within);
    const count = result.beats.timeS.filter(within).length;
    expect(count).toBeGreaterThan(60);
    expect(beats.timeS.length).toBe(count);
    beats.timeS.forEach((timeS, i) =>
      expect(Math.abs(timeS - result.beats.timeS[first + i]!)).toBeLessThan(0.01),
    );
    expect(beats.beatClass).toEqual(result.beats.beatClass.slice(first, first + count));
    expect(segments.map(({ index, verdict }) => [index, verdict])).toEqual(
      result.segments
        .filter(({ startS }) => within(startS))
        .map(({ index, verdict }) => [index, verdict]),
    );
  });

  it('reads a segment once more with one thing changed', async () => {
    const flagged = result.segments.find(
      ({ verdict, startS }) => verdict === 'Abnormal' && startS > 100,
    )!;
    const tried = await beatAnalyser.whatIf(inputWith(), flagged);
    if (!tried.ok) throw new Error(tried.error.message);
    const [asRead, lead, moved, band] = tried.value;
    expect(asRead).toMatchObject({ change: 'as-read', answer: { verdict: 'Abnormal' } });
    expect(Math.abs(asRead!.answer!.probability! - flagged.probability!)).toBeLessThan(0.05);
    // There is only one.
    expect(lead).toMatchObject({ change: 'lead', lead: null, answer: null });
    expect(moved).toMatchObject({ change: 'window', shiftS: 2.5 });
    expect(band).toMatchObject({
      band: { lowHz: 0.67, highHz: 40 },
      answer: { verdict: 'Abnormal' },
    });
    const calm = result.segments.find(({ startS }) => startS === 2500)!;
    const stays = await beatAnalyser.whatIf(inputWith(), calm);
    expect(stays.ok && stays.value.map(({ answer }) => answer?.verdict)).toEqual([
      'Normal',
      undefined,
      'Normal',
      'Normal',
    ]);
    expect(await beatAnalyser.whatIf(inputWith(AbortSignal.abort()), flagged)).toMatchObject({
      error: { code: 'cancelled' },
    });
  });

  it('tells how far it is many times within a stretch, and never goes back', () => {
    // Two stretches of about 1,700 beats: 53 sequences, five batches each. Inline, little of the worker's own share is heard.
    expect(progress.length).toBeGreaterThanOrEqual(8);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    // Looking for the beats of a stretch is told of before what is measured of them, which is half of the work on it.
    expect(progress[0]).toBeGreaterThan(0);
    expect(progress[0]).toBeLessThan(0.5);
    expect(progress.at(-1)).toBe(1);
  });

  it('gives every beat once, also where two stretches of the recording meet', () => {
    const { timeS } = result.beats;
    const middle = timeS.filter((time) => time > 1480 && time < 1520);
    for (let i = 1; i < middle.length; i++) {
      expect(middle[i]! - middle[i - 1]!).toBeGreaterThan(0.5);
      expect(middle[i]! - middle[i - 1]!).toBeLessThan(1.3);
    }
    for (let i = 1; i < timeS.length; i++) expect(timeS[i]!).toBeGreaterThan(timeS[i - 1]!);
  });

  it('calls a gap Unreadable and flags the segments of the four early beats', () => {
    const { segments, beats } = result;
    const inGap = segments.filter(({ startS, endS }) => startS >= 2000 && endS <= 2030);
    expect(inGap.length).toBeGreaterThan(2);
    for (const segment of inGap) expect(segment.verdict).toBe('Unreadable');
    const early = [...beats.timeS].filter((_, i) => beats.beatClass[i] === 2);
    expect(early).toHaveLength(4);
    for (const time of early) {
      const own = segments.filter(({ startS, endS }) => time >= startS && time < endS);
      expect(own.every(({ verdict }) => verdict === 'Abnormal')).toBe(true);
    }
    expect(segments.filter(({ verdict }) => verdict === 'Abnormal').length).toBeLessThanOrEqual(10);
  });

  it('looks for the beats of several stretches ahead, and finds what one look at each finds', async () => {
    const asked: [string, string | undefined][] = [];
    const pool = createInlinePool();
    const watched: Pool = {
      ...pool,
      run: (task, input, options) => {
        asked.push([task.name, options?.lane]);
        return pool.run(task, input, options);
      },
    };
    const input = { ...inputWith(), pool: watched };
    const plan = beatPlan(input);
    if (!plan.ok) throw new Error(plan.error.message);
    const [stretch] = stretchesOf(DURATION_S);
    const whole = await readStretch(input, plan.value, stretch!);
    expect(asked.splice(0)).toEqual([['beats', 'bulk']]);
    const told: number[] = [];
    const inParts = await readStretchInParts(input, plan.value, stretch!, (done) =>
      told.push(done),
    );
    expect(asked.splice(0)).toEqual([
      ['beat-times', 'ahead'],
      ['beats', 'bulk'],
    ]);
    expect(inParts).toEqual(whole);

    for await (const update of beatAnalyser.run(input)) if (!update.ok) throw new Error('failed');
    const lanes = asked.filter(([name]) => name.startsWith('beat')).map(([, lane]) => lane);
    expect(lanes.filter((lane) => lane === 'ahead')).toHaveLength(stretchesOf(DURATION_S).length);
    expect(lanes.filter((lane) => lane === 'bulk')).toHaveLength(stretchesOf(DURATION_S).length);
  });

  it('reads a recording of one stretch in one piece', async () => {
    const path = join(dir, 'short');
    await writeSyntheticRecord(dir, {
      name: 'short',
      durationS: 60,
      rateHz: 128,
      leads: 1,
      seed: 5,
      format: 16,
    });
    const opened = await openRecording(path);
    if (!opened.ok) throw new Error(opened.error.message);
    const pool = createInlinePool();
    const asked: string[] = [];
    const watched: Pool = {
      ...pool,
      run: (task, input, options) => {
        asked.push(task.name);
        return pool.run(task, input, options);
      },
    };
    const input = { ...inputWith(), recording: opened.value, pool: watched };
    for await (const update of beatAnalyser.run(input)) if (!update.ok) throw new Error('failed');
    await opened.value.close();
    expect(asked).toEqual(['beats']);
  });

  it('explains a flagged segment by the beat that made it so', async () => {
    const flagged = result.segments.find(({ verdict }) => verdict === 'Abnormal')!;
    const overlay = await beatAnalyser.explain(inputWith(), flagged, result);
    if (!overlay.ok) throw new Error(overlay.error.message);
    const { attention, evidence, biasLogit, marginLogit, tokenTimesS, faithfulness } =
      overlay.value;
    expect(evidence.reduce((sum, value) => sum + value, biasLogit)).toBeCloseTo(marginLogit, 4);
    expect(1 / (1 + Math.exp(-marginLogit))).toBeCloseTo(flagged.probability!, 5);
    const top = attention.indexOf(Math.max(...attention));
    const at = result.beats.timeS.indexOf(tokenTimesS![top]!);
    expect(result.beats.beatClass[at]).toBe(2);
    expect(faithfulness!.faithful).toBe(true);
  });

  it('reads a stretch once for all who look into it, and again when a file has changed', async () => {
    const pool = createInlinePool();
    const tasks: string[] = [];
    const counting: Pool = {
      ...pool,
      run: (task, ...rest) => {
        tasks.push(task.name);
        return pool.run(task, ...rest);
      },
    };
    const input = { ...inputWith(), pool: counting };
    const given = new AbortController();
    const looks = result.segments.slice(0, 3).map((segment, i) => {
      const signal = i === 0 ? given.signal : input.signal;
      return beatAnalyser.explain({ ...input, signal }, segment, result);
    });
    given.abort();
    const [gone, ...others] = await Promise.all(looks);
    expect(gone).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(others.map(({ ok: seen }) => seen)).toEqual([true, true]);
    await beatAnalyser.attend(input, result.segments.slice(0, 5));
    expect(tasks).toEqual(['beats']);

    const data = recording.files.find((file) => file.endsWith('.dat'))!;
    await utimes(data, new Date(), new Date(Date.now() + 5000));
    await beatAnalyser.explain(input, result.segments[0]!, result);
    expect(tasks).toHaveLength(2);
  });

  it('stops while the network is at work, without waiting for it', async () => {
    const controller = new AbortController();
    const stuck: Inference = {
      ...inference,
      run: async (_model, _variant, _inputs, signal) => {
        setTimeout(() => controller.abort(), 5);
        return new Promise((resolve) => {
          const cancelled = err('cancelled', 'The request was cancelled.');
          signal?.addEventListener('abort', () => resolve(cancelled));
        });
      },
    };
    const updates = [];
    const input = { ...inputWith(controller.signal), inference: stuck };
    for await (const update of beatAnalyser.run(input)) updates.push(update);
    expect(updates.at(-1)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });

  it('stops when it is asked to', async () => {
    const controller = new AbortController();
    controller.abort();
    const updates = [];
    for await (const update of beatAnalyser.run(inputWith(controller.signal))) updates.push(update);
    expect(updates).toHaveLength(1);
    expect(updates[0]!.ok ? '' : updates[0]!.error.code).toBe('cancelled');
  });
});
