import type { Result } from '../../shared/domain';
import type { OpenRecording } from './open-recording';

/**
 * What a person states where a file does not: a table without a rate, samples without a scale. A format that cannot
 * open a file without one of them fails with `needs-option` and `details: {missing: ['samplingRateHz']}`.
 */
export interface OpenOptions {
  readonly samplingRateHz?: number;
  readonly gainAduPerMv?: number;
}

/** The beginning of a file, which is all that a format may look at to recognise its own. */
export interface FileHead {
  readonly fileName: string;
  readonly sizeBytes: number;
  /** The first 64 KiB at most. */
  readonly bytes: Buffer;
}

/** A file format that Fiducial opens: one entry in the list of formats. Everything else is derived from the list. */
export interface Format {
  readonly id: string;
  /** Name for dialogs and documents, as in `European Data Format (EDF, EDF+, BDF)`. */
  readonly title: string;
  /** Usual endings without the dot, for dialogs and file associations; never used to recognise a file. */
  readonly extensions: readonly string[];
  /** Whether a file is of this format, by its content. */
  recognises(head: FileHead): boolean;
  /**
   * Opens a recording of this format.
   * @param path absolute path of a file that `recognises` accepted
   * @returns a recording (close it), or a failure with one sentence that names file and field
   */
  open(path: string, options?: OpenOptions): Promise<Result<OpenRecording>>;
  /**
   * The recording that a file belongs to which is none itself, as in `100.dat` to `100.hea`; null where this format
   * knows of none. Asked only of files that no format recognises.
   * @param head null where there is no such file: a record's name without an ending
   */
  recordingOf?(path: string, head: FileHead | null): Promise<string | null>;
  /**
   * The recording that a file of this format is only a part of, as a matrix of samples whose names, rate and scales a
   * WFDB header beside it holds; null where it is a recording by itself.
   */
  partOf?(path: string): Promise<string | null>;
  /**
   * The recordings that an archive holds, as paths that open them (`/x/a.zip!/folder/100.hea`); only of formats whose
   * files hold several.
   */
  recordingsIn?(path: string): Promise<Result<readonly string[]>>;
}
