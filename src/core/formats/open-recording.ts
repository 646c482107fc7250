import type { Patient, Result, Warning } from '../../shared/domain';

/** What a device or its software had done to a lead before it was stored; null where the file does not say. */
export interface AppliedFilters {
  readonly highPassHz: number | null;
  readonly lowPassHz: number | null;
  readonly notchHz: number | null;
}

/** One signal of an opened file, of any format. */
export interface RecordedLead {
  readonly index: number;
  /** Name as the file gives it (`MLII`, `ECG I`, `MDC_ECG_LEAD_AVR`); empty where it gives none. */
  readonly name: string;
  /**
   * Lead number of SCP-ECG (EN 1064, table of section 3: 1 I, 2 II, 61 III), where the file codes its leads. DICOM and
   * MDC use the same numbers. A code is to be trusted before the name.
   */
  readonly leadCode?: number;
  /** True where the format holds leads of the heart alone, or a code calls this one so, whatever its name says. */
  readonly isEcgByCode?: true;
  /** Physical unit as the file gives it; `ADU` where the file gives no scale. */
  readonly units: string;
  /** The lead's own rate; need not be a whole number (599.88, 12.8). */
  readonly samplingRateHz: number;
  /** Samples at the lead's own rate from the start of the recording to its end, gaps included. */
  readonly samples: number;
  readonly gainAduPerUnit: number;
  /** True when the file gives no gain and the format's default was taken. */
  readonly gainAssumed: boolean;
  readonly baselineAdu: number;
  readonly adcResolutionBits: number;
  /** As of `Lead`. */
  readonly derivedFrom?: string;
  readonly filters?: AppliedFilters;
  /** How the samples lie in the file, for those who look into it: `format 212 in 100.dat`. */
  readonly storage?: string;
}

/** A stretch of time in seconds from the start of the recording. */
export interface TimeSpan {
  readonly startS: number;
  readonly endS: number;
}

/** Annotations of one source (a WFDB annotator, the file's own), one entry per annotation in every column. */
export interface RecordedAnnotations {
  readonly annotator: string;
  /** Seconds from the start of the recording. */
  readonly timeS: Float64Array<ArrayBuffer>;
  /** Mnemonic, as in `N`, `V`, `+`; `"` for free text. */
  readonly symbol: readonly string[];
  /** Free text, empty where none. */
  readonly aux: readonly string[];
  /** WFDB's field `num`, -128 to 127; absent where it is 0 throughout. */
  readonly num?: readonly number[];
  /** WFDB's fields `subtyp`, -128 to 127, as the leads that a `~` calls noisy, and `chan`, 0 to 255; absent likewise. */
  readonly subtype?: readonly number[];
  readonly chan?: readonly number[];
  /** Length of each in seconds, 0 for a moment; absent where the source knows moments only. */
  readonly durationS?: Float64Array;
  /** Mnemonics to which the source gives another meaning than WFDB does; absent where it does so to none. */
  readonly ownSymbols?: readonly string[];
  readonly warnings: readonly Warning[];
}

/** A value that the device measured or stated, shown as the device's and never as ours. */
export interface DeviceMeasurement {
  readonly name: string;
  readonly value: string;
  readonly units: string;
}

/** An averaged or reference beat that the file holds apart from its strips. */
export interface StoredBeat {
  readonly title: string;
  readonly samplingRateHz: number;
  /** mV, one array a lead, in the order of `leadNames`. */
  readonly leadNames: readonly string[];
  readonly valuesMv: readonly Float64Array[];
}

/**
 * A recording that is open for windowed reading, whatever its format. Nothing outside an asked range is decoded
 * beyond what the format's blocks force. Times count from the first sample; every lead has its own rate.
 */
export interface OpenRecording {
  /** Id of its format in the list of formats: `wfdb`, `edf`, ... */
  readonly format: string;
  /** The format in words, with its variant: `EDF+D`, `WFDB format 212`. */
  readonly formatTitle: string;
  /** Name for people: the file's name without its ending, or as the header gives it. */
  readonly name: string;
  /** Absolute path that opens it again; of an entry in an archive `/x/a.zip!/folder/100.hea`. */
  readonly path: string;
  /** Every file that the recording consists of, absolute; the content hash is over these. */
  readonly files: readonly string[];
  /** Files that were read with it and are no part of its content, absolute: annotations. Stamps are over these too. */
  readonly beside?: readonly string[];
  readonly durationS: number;
  readonly leads: readonly RecordedLead[];
  /** `YYYY-MM-DDThh:mm:ss.sss`, `Thh:mm:ss.sss` without a date, or null. */
  readonly startClock: string | null;
  readonly comments: readonly string[];
  readonly patient: Patient;
  readonly warnings: readonly Warning[];
  /** Time that the file itself declares as not recorded; its samples read as NaN. */
  readonly gaps: readonly TimeSpan[];
  readonly measurements: readonly DeviceMeasurement[];
  readonly storedBeats: readonly StoredBeat[];
  /** Rate in which annotation files beside the recording count unless they state their own (WFDB's frames); else absent. */
  readonly annotationRateHz?: number;
  /** True where annotations lie among the samples: reading them is reading the whole file. */
  readonly annotationsAmongSamples?: boolean;
  /** Sources of annotations, `atr` of WFDB first where there is one. */
  annotators(): Promise<readonly string[]>;
  /** @returns `not-found` for a source that there is not, `bad-annotation` */
  annotations(annotator: string): Promise<Result<RecordedAnnotations>>;
  /**
   * Samples [start, end) of one lead in its unit, NaN where missing, counted in the lead's own samples. Both bounds
   * are whole numbers and are clipped to the recording.
   * @returns `bad-input` for a lead that there is not, `bad-signal`, `not-readable`, `too-large`
   */
  readPhysical(lead: number, start: number, end: number): Promise<Result<Float64Array>>;
  /** The same before gain and baseline; missing samples are `MISSING_ADU`. */
  readDigital(lead: number, start: number, end: number): Promise<Result<Int32Array>>;
  /** Compares lengths and checksums with the samples by streaming all of them; warnings, never an error. */
  verify(signal?: AbortSignal): Promise<Result<readonly Warning[]>>;
  close(): Promise<void>;
}

/** What `readDigital` gives for a missing sample, in every format. */
export const MISSING_ADU = -(2 ** 31);
/** The largest integer that `readDigital` gives, and negative the smallest: larger values of a table end there. */
export const MAX_ADU = 2 ** 31 - 1;
