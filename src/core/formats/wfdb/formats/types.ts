/**
 * How one signal format lays samples into bytes (signal(5) of the WFDB Applications Guide). Samples come in
 * blocks that do not depend on each other, so any block can be decoded alone.
 */
export interface SampleFormat {
  readonly code: number;
  readonly bits: number;
  readonly blockSamples: number;
  readonly blockBytes: number;
  /** Whole samples that the first `bytes` bytes of a block hold. */
  samplesInPartialBlock(bytes: number): number;
  /**
   * Decodes samples `first`, `first + step`, ... (counted from the start of `bytes`, which is the start of a
   * block) and stores them at `out[outStart]`, `out[outStart + outStep]`, ...
   */
  decode(
    bytes: Uint8Array,
    first: number,
    step: number,
    count: number,
    out: Int32Array,
    outStart: number,
    outStep: number,
  ): void;
  /**
   * Like `decode`, but stores table[code] for each sample, code being its bits as a number from 0 to 2^bits - 1.
   * Only formats of few bits have it; it saves a pass over the samples.
   */
  decodeByTable?(
    bytes: Uint8Array,
    first: number,
    step: number,
    count: number,
    table: Float64Array,
    out: Float64Array,
    outStart: number,
    outStep: number,
  ): void;
}

export type Decode = SampleFormat['decode'];
