import type { Result } from '../../../shared/domain';

/**
 * The samples of one signal file, of all signals that share it. Positions of signals (`place`) count within the
 * file. Frames are the file's own: skew is not applied here.
 */
export interface SignalFile {
  readonly path: string;
  /** Whole frames in the file. */
  readonly frames: number;
  /** Frames worth decoding in one go, so that the bytes of a chunk are read once for all signals. */
  readonly chunkFrames: number;
  /**
   * Decodes frames of one signal into `out` from `outStart` on; 0 <= startFrame <= endFrame <= frames, and the
   * range lies in one chunk (endFrame - 1 and startFrame have the same quotient by chunkFrames).
   */
  decode(
    place: number,
    startFrame: number,
    endFrame: number,
    out: Int32Array,
    outStart: number,
  ): Promise<Result<null>>;
  /** The same with table[code] for each sample (SampleFormat.decodeByTable), where the format has that. */
  decodeByTable?(
    place: number,
    startFrame: number,
    endFrame: number,
    table: Float64Array,
    out: Float64Array,
    outStart: number,
  ): Promise<Result<null>>;
}
