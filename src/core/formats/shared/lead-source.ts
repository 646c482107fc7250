import type { Result } from '../../../shared/domain';
import type { RecordedLead } from '../open-recording';

/** Integers as the file holds them, counted without gaps from the first stored one. */
export interface IntegerStore {
  readonly kind: 'integers';
  /** Fills out[at...] with stored samples [from, to). */
  read(from: number, to: number, out: Int32Array, at: number): Promise<Result<null>>;
}

/** The same in the lead's unit, NaN where missing, for files of decimals. */
export interface ValueStore {
  readonly kind: 'values';
  read(from: number, to: number, out: Float64Array, at: number): Promise<Result<null>>;
}

/** Where the samples of one lead lie. */
export type SampleStore = IntegerStore | ValueStore;

/** A stretch of stored samples on the lead's own time axis. */
export interface SampleStretch {
  /** Its first sample, counted from the start of the recording at the lead's rate. */
  readonly start: number;
  readonly samples: number;
  /** Where it begins in the store. */
  readonly stored: number;
}

/** One lead of a format, and where its samples are. */
export interface LeadSource {
  readonly lead: Omit<RecordedLead, 'index'>;
  readonly store: SampleStore;
  /** In order of time, none overlapping; what lies between them was not recorded. */
  readonly stretches: readonly SampleStretch[];
  /** What the file writes for a missing sample, of a store of integers. */
  readonly missingCode?: number;
}

/** A lead stored from the first to the last sample of the recording. */
export function wholeStretch(samples: number): readonly SampleStretch[] {
  return [{ start: 0, samples, stored: 0 }];
}

/** Samples that are already in memory, as small formats have them. */
export function integersInMemory(samples: Int32Array | Int16Array | Int8Array): IntegerStore {
  return {
    kind: 'integers',
    read(from, to, out, at) {
      out.set(samples.subarray(from, to), at);
      return DONE;
    },
  };
}

/** Values that are already in memory, NaN where missing. */
export function valuesInMemory(values: Float64Array): ValueStore {
  return {
    kind: 'values',
    read(from, to, out, at) {
      out.set(values.subarray(from, to), at);
      return DONE;
    },
  };
}

const DONE: Promise<Result<null>> = Promise.resolve({ ok: true, value: null });
