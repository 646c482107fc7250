import type { Result, Warning } from '../../../shared/domain';
import type { SignalSpec } from './types';

/**
 * What a record of one segment and a record of many have in common below the reader: any range of frames of a
 * signal as a row of pieces.
 */
export interface RecordSource {
  readonly frames: number;
  readonly signals: readonly SignalSpec[];
  readonly files: readonly string[];
  /** Splits a range of frames of a signal into pieces that are cheap to decode and of one scale each. */
  pieces(signal: number, startFrame: number, endFrame: number): Iterable<Piece>;
  verify(signal: AbortSignal | undefined): Promise<Result<Warning[]>>;
}

/** Frames of one signal that come from one place. */
export interface Piece {
  readonly startFrame: number;
  readonly endFrame: number;
  /** Null for a gap, in which every sample is missing. */
  readonly stored: StoredPiece | null;
}

export interface StoredPiece {
  /** Scale and format of these samples. */
  readonly spec: SignalSpec;
  /** Decodes the piece into out[0...], missing samples as the invalid code of the format. */
  decode(out: Int32Array): Promise<Result<null>>;
  /** Decodes the piece into out[at...] as table[code] (SampleFormat.decodeByTable), where the format has that. */
  readonly decodeByTable?:
    | ((table: Float64Array, out: Float64Array, at: number) => Promise<Result<null>>)
    | undefined;
}
