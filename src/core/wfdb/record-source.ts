import type { Result, Warning } from '../../shared/domain';
import type { SignalSpec } from './types';

/**
 * What a record of one segment and a record of many have in common below the reader: digital samples of a
 * range of frames, appended to a caller's array.
 */
export interface RecordSource {
  readonly frames: number;
  readonly signals: readonly SignalSpec[];
  readonly files: readonly string[];
  /** Splits a range of frames of a signal into pieces that are cheap to decode and equal in scale. */
  pieces(signal: number, startFrame: number, endFrame: number): Iterable<Piece>;
  verify(signal: AbortSignal | undefined): Promise<Result<Warning[]>>;
}

/** Frames of one signal that come from one place. */
export interface Piece {
  readonly startFrame: number;
  readonly endFrame: number;
  /** Scale of these samples; null for a gap, all of which is missing. */
  readonly spec: SignalSpec | null;
  /** Decodes the piece's samples, missing ones as the invalid code of `spec.format`, into out[0...]. */
  decode(out: Int32Array): Promise<Result<null>>;
}
