import { err, ok, type Result, type Warning } from '../../shared/domain';
import type { FilePool } from './file-pool';
import { LIMITS } from './limits';
import type { RecordSource } from './record-source';
import { storeDigital, storePhysical } from './scale';
import type { RecordReader, SignalSpec } from './types';

/** What a reader tells about its record besides the samples. */
export interface RecordFacts {
  readonly name: string;
  readonly headerPath: string;
  readonly frameRateHz: number;
  readonly startClock: string | null;
  readonly comments: readonly string[];
  readonly warnings: readonly Warning[];
  /** Header files, the record's own first. */
  readonly headerFiles: readonly string[];
}

/** Makes the public reader out of a source of samples. */
export function createReader(
  facts: RecordFacts,
  source: RecordSource,
  pool: FilePool,
): RecordReader {
  const { headerFiles, ...shown } = facts;

  async function read<T extends Int32Array | Float64Array>(
    signal: number,
    startFrame: number,
    endFrame: number,
    allocate: (length: number) => T,
    store: (samples: Int32Array, scale: SignalSpec | null, into: T, at: number) => void,
  ): Promise<Result<T>> {
    const spec = source.signals[signal];
    const end = Math.min(endFrame, source.frames);
    if (!spec || !(startFrame >= 0) || !Number.isInteger(startFrame) || !Number.isInteger(end)) {
      return err(
        'bad-input',
        `${facts.name}: there is no signal ${signal} or no frame ${startFrame}.`,
      );
    }
    const perFrame = spec.samplesPerFrame;
    const frames = Math.max(0, end - startFrame);
    if (frames * perFrame > LIMITS.samplesPerRead) {
      return err(
        'too-large',
        `${facts.name}: ${frames * perFrame} samples are too many for one read.`,
      );
    }
    const values = allocate(frames * perFrame);
    let scratch = new Int32Array(0);
    for (const piece of source.pieces(signal, startFrame, end)) {
      const length = (piece.endFrame - piece.startFrame) * perFrame;
      if (scratch.length < length) scratch = new Int32Array(length);
      const samples = scratch.subarray(0, length);
      const decoded = await piece.decode(samples);
      if (!decoded.ok) return decoded;
      store(samples, piece.spec, values, (piece.startFrame - startFrame) * perFrame);
    }
    return ok(values);
  }

  return {
    ...shown,
    files: [...new Set([...headerFiles, ...source.files])],
    frames: source.frames,
    signals: source.signals,
    readPhysical: (signal, startFrame, endFrame) =>
      read(signal, startFrame, endFrame, (length) => new Float64Array(length), storePhysical),
    readDigital: (signal, startFrame, endFrame) =>
      read(
        signal,
        startFrame,
        endFrame,
        (length) => new Int32Array(length),
        (samples, scale, into, at) =>
          storeDigital(samples, scale, source.signals[signal]!, into, at),
      ),
    async verify(signal) {
      const found = await source.verify(signal);
      return found.ok ? ok([...facts.warnings, ...found.value]) : found;
    },
    close: () => pool.close(),
  };
}
