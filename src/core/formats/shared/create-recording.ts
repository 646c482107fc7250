import { ok, type Result, type Warning } from '../../../shared/domain';
import { firstWhere } from '../../../shared/domain/lower-bound';
import { errSaid } from '../../../shared/domain/said';
import {
  MAX_ADU,
  MISSING_ADU,
  type OpenRecording,
  type RecordedAnnotations,
  type RecordedLead,
} from '../open-recording';
import type { LeadSource, SampleStretch } from './lead-source';

/** Values that one read may return: 24 h at 250 Hz are 21.6 million. */
const MAX_SAMPLES_PER_READ = 2 ** 25;

/** Samples that are scaled at a time: few enough to stay in the processor's cache. */
const BATCH = 32_768;

/** What a format tells of a recording besides its samples. */
export interface RecordingFacts extends Omit<
  OpenRecording,
  'leads' | 'annotators' | 'annotations' | 'readPhysical' | 'readDigital' | 'verify' | 'close'
> {
  /** By annotator, read when asked for. */
  readonly annotationSources?: ReadonlyMap<string, () => Promise<Result<RecordedAnnotations>>>;
  /** Warnings that only reading everything can give. */
  readonly verify?: (signal?: AbortSignal) => Promise<Result<readonly Warning[]>>;
  readonly close?: () => Promise<void>;
}

/** Makes an open recording out of what a format found: the one place where samples become values. */
export function createRecording(
  facts: RecordingFacts,
  sources: readonly LeadSource[],
): OpenRecording {
  const { annotationSources, verify, close, ...shown } = facts;

  /** The source of a lead with the asked range clipped to it, or why it cannot be read. */
  function located(lead: number, start: number, end: number): Result<[LeadSource, number]> {
    const source = sources[lead];
    const { name } = facts;
    if (!source) return errSaid('bad-input', 'files.noLeadNumber', { name, lead });
    const last = Math.min(end, source.lead.samples);
    if (!Number.isInteger(start) || !Number.isInteger(last) || start < 0) {
      return errSaid('bad-input', 'files.noSuchSamples', { name, start, end });
    }
    if (last - start > MAX_SAMPLES_PER_READ) {
      return errSaid('too-large', 'files.readTooLong', { name, samples: last - start });
    }
    return ok([source, last]);
  }

  return {
    ...shown,
    leads: sources.map(({ lead }, index): RecordedLead => ({ index, ...lead })),
    annotators: async () => [...(annotationSources?.keys() ?? [])],
    async annotations(annotator) {
      const read = annotationSources?.get(annotator);
      if (read) return read();
      return errSaid('not-found', 'files.noAnnotator', { name: facts.name, annotator });
    },
    async readPhysical(lead, start, end) {
      const place = located(lead, start, end);
      if (!place.ok) return place;
      return readValues(place.value[0], start, place.value[1]);
    },
    async readDigital(lead, start, end) {
      const place = located(lead, start, end);
      if (!place.ok) return place;
      return readIntegers(place.value[0], start, place.value[1]);
    },
    async verify(signal) {
      const found = verify ? await verify(signal) : ok([]);
      return found.ok ? ok([...facts.warnings, ...found.value]) : found;
    },
    close: close ?? (() => Promise.resolve()),
  };
}

async function readValues(
  source: LeadSource,
  start: number,
  end: number,
): Promise<Result<Float64Array>> {
  const values = new Float64Array(Math.max(0, end - start));
  const { store, missingCode } = source;
  const { gainAduPerUnit: gain, baselineAdu: baseline } = source.lead;
  const batch = store.kind === 'integers' ? new Int32Array(Math.min(BATCH, values.length)) : null;
  const read = await eachStretch(
    source.stretches,
    start,
    end,
    values,
    NaN,
    async (from, to, at) => {
      if (store.kind === 'values') {
        const found = await store.read(from, to, values, at);
        if (found.ok) missWhatIsNone(values, at, at + to - from);
        return found;
      }
      for (let done = from; done < to; done += BATCH) {
        const count = Math.min(BATCH, to - done);
        const decoded = await store.read(done, done + count, batch!, 0);
        if (!decoded.ok) return decoded;
        const into = at + done - from;
        for (let k = 0; k < count; k++) values[into + k] = (batch![k]! - baseline) / gain;
        if (missingCode === undefined) continue;
        // Seldom needed, and a test inside the loop above would make it slower.
        const samples = batch!.subarray(0, count);
        for (
          let k = samples.indexOf(missingCode);
          k >= 0;
          k = samples.indexOf(missingCode, k + 1)
        ) {
          values[into + k] = NaN;
        }
      }
      return ok(null);
    },
  );
  return read.ok ? ok(values) : read;
}

/** Infinity is a value of no signal: one of it would make a whole stretch of a filtered signal none. */
function missWhatIsNone(values: Float64Array, from: number, to: number): void {
  for (let k = from; k < to; k++) if (!Number.isFinite(values[k])) values[k] = NaN;
}

async function readIntegers(
  source: LeadSource,
  start: number,
  end: number,
): Promise<Result<Int32Array>> {
  const samples = new Int32Array(Math.max(0, end - start));
  const { store, missingCode } = source;
  const { gainAduPerUnit: gain, baselineAdu: baseline } = source.lead;
  const read = await eachStretch(
    source.stretches,
    start,
    end,
    samples,
    MISSING_ADU,
    async (from, to, at) => {
      const into = samples.subarray(at, at + to - from);
      if (store.kind === 'values') {
        const values = new Float64Array(to - from);
        const found = await store.read(from, to, values, 0);
        if (!found.ok) return found;
        missWhatIsNone(values, 0, values.length);
        for (const [k, value] of values.entries()) {
          const code = Math.round(value * gain + baseline);
          into[k] = Number.isNaN(code) ? MISSING_ADU : Math.min(Math.max(code, -MAX_ADU), MAX_ADU);
        }
        return ok(null);
      }
      const found = await store.read(from, to, into, 0);
      if (!found.ok || missingCode === undefined) return found;
      for (let k = into.indexOf(missingCode); k >= 0; k = into.indexOf(missingCode, k + 1)) {
        into[k] = MISSING_ADU;
      }
      return ok(null);
    },
  );
  return read.ok ? ok(samples) : read;
}

/**
 * Calls `read` for each part of [start, end) that is stored, with its place in the store and in the output, and
 * fills the rest of the output with `missing`.
 */
async function eachStretch(
  stretches: readonly SampleStretch[],
  start: number,
  end: number,
  out: Float64Array | Int32Array,
  missing: number,
  read: (from: number, to: number, at: number) => Promise<Result<null>>,
): Promise<Result<null>> {
  let written = start;
  for (let k = firstEndingAfter(stretches, start); k < stretches.length; k++) {
    const stretch = stretches[k]!;
    const from = Math.max(start, stretch.start);
    const to = Math.min(end, stretch.start + stretch.samples);
    if (from >= end) break;
    out.fill(missing, written - start, from - start);
    const stored = stretch.stored - stretch.start;
    const done = await read(from + stored, to + stored, from - start);
    if (!done.ok) return done;
    written = to;
  }
  if (end > written) out.fill(missing, written - start);
  return ok(null);
}

/** Index of the first stretch that ends after a sample. */
function firstEndingAfter(stretches: readonly SampleStretch[], sample: number): number {
  return firstWhere(stretches, ({ start, samples }) => start + samples > sample);
}
