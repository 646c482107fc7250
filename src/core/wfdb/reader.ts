import { err, ok, type Result, type Warning } from '../../shared/domain';
import type { FilePool } from './file-pool';
import { invalidCode } from './formats';
import { LIMITS } from './limits';
import type { Piece, RecordSource } from './record-source';
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
    store: (samples: Int32Array, piece: Piece, into: T, at: number) => void,
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
      store(samples, piece, values, (piece.startFrame - startFrame) * perFrame);
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
        (samples, piece, into, at) =>
          storeDigital(samples, piece, source.signals[signal]!, into, at),
      ),
    async verify(signal) {
      const found = await source.verify(signal);
      return found.ok ? ok([...facts.warnings, ...found.value]) : found;
    },
    close: () => pool.close(),
  };
}

/** (sample - baseline) / gain, NaN where missing (signal(5)). */
function storePhysical(samples: Int32Array, piece: Piece, into: Float64Array, at: number): void {
  if (!piece.spec) {
    into.fill(NaN, at, at + samples.length);
    return;
  }
  const { gainAduPerUnit: gain, baselineAdu: baseline } = piece.spec;
  const missing = invalidCode(piece.spec.format);
  for (let k = 0; k < samples.length; k++) {
    const sample = samples[k]!;
    into[at + k] = sample === missing ? NaN : (sample - baseline) / gain;
  }
}

/** Samples in the scale of the record: those of a segment with another gain or baseline are rescaled. */
function storeDigital(
  samples: Int32Array,
  piece: Piece,
  scale: SignalSpec,
  into: Int32Array,
  at: number,
): void {
  const missing = invalidCode(scale.format);
  if (!piece.spec) {
    into.fill(missing, at, at + samples.length);
    return;
  }
  const own = piece.spec;
  const ownMissing = invalidCode(own.format);
  const same = own.gainAduPerUnit === scale.gainAduPerUnit && own.baselineAdu === scale.baselineAdu;
  if (same && ownMissing === missing) {
    into.set(samples, at);
    return;
  }
  for (let k = 0; k < samples.length; k++) {
    const sample = samples[k]!;
    const value = (sample - own.baselineAdu) / own.gainAduPerUnit;
    into[at + k] =
      sample === ownMissing
        ? missing
        : same
          ? sample
          : Math.round(value * scale.gainAduPerUnit + scale.baselineAdu);
  }
}
