import type { Result, Warning } from '../../../shared/domain';

/** One signal line of a header, in WFDB's own terms (header(5) of the WFDB Applications Guide). */
export interface SignalSpec {
  readonly index: number;
  readonly fileName: string;
  /** Signal storage format: 0 8 16 24 32 61 80 160 212 310 311 508 516 524. */
  readonly format: number;
  readonly samplesPerFrame: number;
  readonly skewFrames: number;
  readonly byteOffset: number;
  readonly gainAduPerUnit: number;
  readonly gainAssumed: boolean;
  readonly baselineAdu: number;
  readonly units: string;
  readonly adcResolutionBits: number;
  readonly adcZeroAdu: number;
  readonly initialValueAdu: number;
  /** 16-bit checksum as written, or null when the header gives none. */
  readonly checksum: number | null;
  readonly blockSizeBytes: number;
  readonly description: string;
}

/** An opened record. Reads are windows: nothing outside the asked range is decoded (FLAC: its frames). */
export interface RecordReader {
  readonly name: string;
  /** Absolute path of the .hea file. */
  readonly headerPath: string;
  /** Every file that the record consists of, absolute; the content hash is over these. */
  readonly files: readonly string[];
  readonly frameRateHz: number;
  readonly frames: number;
  readonly signals: readonly SignalSpec[];
  /** `YYYY-MM-DDThh:mm:ss.sss`, `Thh:mm:ss.sss` when the header has no date, or null. */
  readonly startClock: string | null;
  readonly comments: readonly string[];
  readonly warnings: readonly Warning[];
  /**
   * Samples of one signal in its unit, NaN where missing.
   * @param signal index of the signal
   * @param startFrame first frame, 0 to frames
   * @param endFrame one past the last frame; clipped to frames
   * @returns Float64Array of (endFrame - startFrame) * samplesPerFrame values
   */
  readPhysical(signal: number, startFrame: number, endFrame: number): Promise<Result<Float64Array>>;
  /** The same before gain and baseline; missing samples are the format's own invalid code. */
  readDigital(signal: number, startFrame: number, endFrame: number): Promise<Result<Int32Array>>;
  /** Verifies lengths and checksums by streaming the whole record; warnings, never an error. */
  verify(signal?: AbortSignal): Promise<Result<readonly Warning[]>>;
  close(): Promise<void>;
}

/** One annotation (annot(5)). `symbol` is the mnemonic of the code; `sample` counts frames. */
export interface Annotation {
  readonly sample: number;
  readonly symbol: string;
  readonly subtype: number;
  readonly chan: number;
  readonly num: number;
  readonly aux: string;
}

export interface AnnotationFile {
  readonly annotations: readonly Annotation[];
  /** Samples per second when the file states its own, else null (the record's rate counts). */
  readonly timeResolutionHz: number | null;
  /**
   * Texts of the comment annotations at sample 0, which describe the file (resolution, definitions of symbols,
   * the program that wrote it) and not the recording; they are not among `annotations`.
   */
  readonly notes: readonly string[];
  /** Mnemonics that the file gives a meaning of its own, which another program would read as the standard's. */
  readonly ownSymbols: readonly string[];
  readonly warnings: readonly Warning[];
}
