import type {
  EventName,
  EventPayload,
  MethodInput,
  MethodName,
  Settings,
} from '../../shared/contract';
import { DEFAULT_SETTINGS } from '../../shared/contract/settings-defaults';
import type {
  AnalysisStatus,
  RecordingEntry,
  RecordingInfo,
  Result,
  ReviewEdit,
  ReviewState,
  Segment,
  SegmentDecision,
} from '../../shared/domain';
import { segmentColumns } from '../../shared/domain/segment-columns';
import { isBorderline, isFlagged } from '../../shared/domain/segment-standing';
import { mockMeasurements } from './mock-measurements';
import { mockFindings } from './mock-findings';
import { mockBeats, mockValue } from './mock-signal';
import type { Transport } from './types';

const ok = <T>(value: T): Result<T> => ({ ok: true, value });
const fail = (code: 'bad-header' | 'not-found' | 'cancelled', message: string): Result<never> => ({
  ok: false,
  error: { code, message },
});
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface MockOptions {
  readonly durationS?: number;
  readonly leads?: readonly string[];
  /** Answers after this long, to see the states in between. */
  readonly delayMs?: number;
}

/**
 * A transport with a made-up recording, for developing the interface without a service. Only `mock.html`
 * (never built) and unit tests use it.
 */
export function createMockTransport(options: MockOptions = {}): Transport {
  const durationS = options.durationS ?? 1805.6;
  const names = options.leads ?? ['MLII', 'V1'];
  const delayMs = options.delayMs ?? 4;
  const beats = mockBeats(durationS);
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const emit = <E extends EventName>(event: E, payload: EventPayload<E>): void =>
    listeners.get(event)?.forEach((listener) => listener(payload as never));

  let settings: Settings = { ...DEFAULT_SETTINGS, readerName: 'A. Reader' };

  const info: RecordingInfo = {
    recordingId: 'mock-1',
    name: 'mock-1',
    folder: 'mock',
    durationS,
    samplingRateHz: 360,
    leads: names.map((name, index) => ({
      index,
      name,
      units: 'mV',
      isEcg: true,
      samplingRateHz: 360,
      gainAduPerUnit: 200,
      gainAssumed: false,
      baselineAdu: 0,
      adcResolutionBits: 11,
    })),
    startClock: 'T14:03:20',
    comments: [],
    patient: { name: null, id: null, birthDate: null, ageYears: 23, sex: 'F' },
    synthetic: true,
    format: 'wfdb',
    formatTitle: 'WFDB format 212',
    gaps: [],
    measurements: [],
    annotators: ['atr', 'qrs', 'torn'],
    warnings: [],
  };

  const segments: Segment[] = [];
  for (let startS = 0; ; startS += 5) {
    const last = startS + 10 > durationS;
    if (last && segments.at(-1)?.endS === durationS) break;
    const from = last ? durationS - 10 : startS;
    const inside = beats.filter((b) => b.timeS >= from && b.timeS < from + 10);
    const bad = inside.filter((b) => b.beatClass > 0).length;
    const unreadable = from + 10 > 421 && from < 435;
    const probability = unreadable
      ? null
      : Math.min(0.99, Math.max(0.01, 0.05 + bad * 0.22 + 0.1 * Math.sin(from)));
    segments.push({
      index: segments.length,
      startS: from,
      endS: from + 10,
      verdict: unreadable ? 'Unreadable' : probability! >= 0.41 ? 'Abnormal' : 'Normal',
      probability,
      reason: unreadable ? 'missing samples' : null,
      refer: probability !== null && Math.abs(probability - 0.41) < 0.06,
    });
    if (last) break;
  }

  const status: AnalysisStatus = {
    analysisId: 'analysis-1',
    recordingId: 'mock-1',
    modelId: 'beat-attention',
    state: 'done',
    segmentsDone: segments.length,
    segmentsTotal: segments.length,
    elapsedS: 3.1,
    remainingS: 0,
    lead: null,
    threshold: 0.41,
    provider: 'CPU, 2 threads',
    message: null,
  };

  const entry = (id: string, extra: Partial<RecordingEntry>): RecordingEntry => ({
    recordingId: id,
    name: id,
    folder: 'mock',
    synthetic: false,
    state: 'not-analysed',
    progress: 0,
    flagged: 0,
    decided: 0,
    message: null,
    openedAtMs: null,
    ...extra,
  });

  const edits: ReviewEdit[] = [];
  let undone: ReviewEdit[] = [];
  const borderline = segments.filter(isBorderline).map((s) => s.index);
  const flagged = segments.filter(isFlagged).map((s) => s.index);
  function review(): ReviewState {
    const by = new Map<number, SegmentDecision>();
    for (const edit of edits)
      if (edit.kind === 'decide-segments')
        for (const segment of edit.segments)
          by.set(segment, {
            segment,
            decision: edit.decision,
            note: edit.note,
            reader: settings.readerName,
            atMs: Date.now(),
          });
    const decisions = [...by.values()].filter((d) => d.decision !== 'none');
    const count = (d: string): number => decisions.filter((x) => x.decision === d).length;
    const sure = count('agree') + count('overrule');
    return {
      analysisId: 'analysis-1',
      decisions,
      beatActs: [],
      beatEdits: [],
      canUndo: edits.length > 0,
      canRedo: undone.length > 0,
      readers: edits.length > 0 ? [settings.readerName] : [],
      counts: {
        flagged: flagged.length,
        decided: decisions.filter((d) => flagged.includes(d.segment)).length,
        borderline: borderline.length,
        borderlineDecided: decisions.filter((d) => borderline.includes(d.segment)).length,
        agreed: count('agree'),
        overruled: count('overrule'),
        unsure: count('unsure'),
        agreement: sure > 0 ? count('agree') / sure : null,
      },
    };
  }

  const handlers: { [M in MethodName]?: (input: MethodInput<M>) => unknown } = {
    'app.info': () =>
      ok({
        version: '0.1.0',
        node: '',
        host: 'browser',
        disclaimer: 'Research use only, not a medical device.',
      }),
    'settings.get': () => ok(settings),
    'settings.set': (change) => ok((settings = { ...settings, ...change })),
    'recordings.list': () =>
      ok({
        entries: [
          entry('mock-1', {
            state: 'analysed',
            openedAtMs: 1,
            synthetic: true,
            progress: 1,
            flagged: flagged.length,
            decided: review().counts.decided,
          }),
          entry('106', { state: 'analysed', progress: 1, flagged: 195, decided: 195 }),
          entry('215', { state: 'analysing', progress: 0.62 }),
          entry('119', {}),
          entry('broken', {
            state: 'failed',
            message: 'broken.hea: gain of lead MLII is not a number',
          }),
        ],
      }),
    'recordings.open': ({ recordingId }) =>
      recordingId === 'mock-1'
        ? ok(info)
        : fail('bad-header', 'broken.hea, line 2: the gain of lead MLII is not a number ("x12").'),
    'recordings.close': () => ok({}),
    'traces.tile': (input) => {
      const samples = Math.floor((input.endS - input.startS) * 360);
      const raw = samples <= 2 * input.widthPx;
      return ok({
        leads: input.leads.map((lead) => {
          const t0S = input.startS;
          if (raw)
            return {
              lead,
              kind: 'samples',
              t0S,
              stepS: 1 / 360,
              values: Float32Array.from({ length: samples }, (_, i) =>
                mockValue(beats, lead, t0S + i / 360),
              ),
            };
          const stepS = (input.endS - input.startS) / input.widthPx;
          const values = new Float32Array(2 * input.widthPx);
          for (let c = 0; c < input.widthPx; c++) {
            const four = [0, 1, 2, 3].map((k) => mockValue(beats, lead, t0S + (c + k / 4) * stepS));
            values[2 * c] = Math.min(...four);
            values[2 * c + 1] = Math.max(...four);
          }
          return { lead, kind: 'envelope', t0S, stepS, values };
        }),
      });
    },
    'annotations.read': ({ annotator }) =>
      annotator === 'torn'
        ? fail('not-found', 'mock-1.torn ends in the middle of an annotation.')
        : ok({
            annotator,
            timeS: Float64Array.from(beats, (b) => b.timeS),
            symbol: beats.map((b) => (annotator === 'atr' ? ['N', 'A', 'V'][b.beatClass]! : 'N')),
            aux: beats.map(() => ''),
          }),
    'analysis.start': () => ok(status),
    'analysis.status': () => ok(status),
    'analysis.earlier': () => ok({ readings: [] }),
    'analysis.look': () => ok({}),
    'analysis.cancel': () => ok({ ...status, state: 'cancelled' }),
    'analysis.segments': () => ok({ segments: segmentColumns(segments) }),
    'analysis.beats': () =>
      ok({
        beats: {
          timeS: Float64Array.from(beats, (b) => b.timeS),
          beatClass: Uint8Array.from(beats, (b) => b.beatClass),
          confidence: Float32Array.from(beats, () => 0.93),
          attention: Float32Array.from(beats, (b) => (b.beatClass === 2 ? 0.2 : 0.03)),
        },
        episodes: [{ startS: 180, endS: 240, rhythm: '(AFIB', probability: 0.94 }],
      }),
    'analysis.findingsSince': () => {
      const found = mockFindings(durationS, beats, segments, edits, settings.readerName);
      return ok({ version: '', since: null, change: { set: found } });
    },
    'analysis.measurements': () => ok(mockMeasurements(durationS)),
    'analysis.explain': ({ segment }) => {
      const { startS } = segments[segment]!;
      const tokens = 200;
      const attention = new Float32Array(8 * tokens);
      const evidence = new Float32Array(tokens);
      for (let h = 0; h < 8; h++) {
        let sum = 0;
        for (let i = 0; i < tokens; i++) {
          const t = startS + (i + 0.5) * 0.05;
          let weight = 0.05;
          for (const b of beats)
            if (Math.abs(b.timeS - t) < 0.4)
              weight += bumpWeight(t - b.timeS, h) * (b.beatClass === 2 ? 1 : 0.06);
          attention[h * tokens + i] = weight;
          sum += weight;
        }
        for (let i = 0; i < tokens; i++) attention[h * tokens + i]! /= sum;
      }
      for (let i = 0; i < tokens; i++)
        evidence[i] = (attention[i]! - 1 / tokens) * 40 * (i % 7 === 0 ? -0.4 : 1);
      return ok({
        segmentIndex: segment,
        startS,
        stepS: 0.05,
        tokens,
        heads: 8,
        attention,
        evidence,
        marginLogit: 2.1,
        biasLogit: -0.3,
        faithfulness: { topDropLogit: 2.9, randomDropLogit: 0.4, faithful: segment % 9 !== 4 },
      });
    },
    'review.summary': () => ok(review()),
    'review.history': () => ok({ events: [] }),
    'review.decide': ({ edit }) => {
      edits.push(edit);
      undone = [];
      return ok(review());
    },
    'review.undo': ({ redo }) => {
      const from = redo ? undone : edits;
      const to = redo ? edits : undone;
      const edit = from.pop();
      if (edit) to.push(edit);
      return ok(review());
    },
    'models.list': () => ok({ models: [], defaultModelId: null }),
    'devices.list': () => ok({ models: [] }),
  };

  function bumpWeight(dt: number, head: number): number {
    return Math.exp(-((dt - (head - 4) * 0.02) ** 2) / 0.006);
  }

  const none = { entries: [], sourceIds: [] };
  return {
    kind: 'browser',
    onHost: () => () => undefined,
    async call(method, input, callOptions) {
      await wait(delayMs);
      if (callOptions?.signal?.aborted) return fail('cancelled', 'stopped');
      const handler = handlers[method] as ((i: unknown) => unknown) | undefined;
      if (!handler) return fail('not-found', `${method} is not mocked`);
      if (method === 'review.decide') emit('recordings.changed', {});
      return handler(input) as never;
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      set.add(listener as never);
      listeners.set(event, set);
      return () => set.delete(listener as never);
    },
    pick: async () => ok(none),
    dropped: async () => ok(none),
    save: async () => ok({ saved: true }),
    drag: null,
    previewUrl: () => null,
  };
}
