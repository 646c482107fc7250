import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { FilePool } from './file-pool';
import { LIMITS } from './limits';
import type { RecordSource } from './record-source';
import { digitalScale, PHYSICAL, type Scale } from './scale';
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
    scaleOf: (spec: SignalSpec) => Scale<T>,
  ): Promise<Result<T>> {
    const spec = source.signals[signal];
    const end = Math.min(endFrame, source.frames);
    if (!spec || !(startFrame >= 0) || !Number.isInteger(startFrame) || !Number.isInteger(end)) {
      const asked = { name: facts.name, signal, frame: startFrame };
      return errSaid('bad-input', 'files.noSignalOrFrame', asked);
    }
    const perFrame = spec.samplesPerFrame;
    const length = Math.max(0, end - startFrame) * perFrame;
    if (length > LIMITS.samplesPerRead) {
      return errSaid('too-large', 'files.readTooLong', { name: facts.name, samples: length });
    }
    const scale = scaleOf(spec);
    const values = scale.allocate(length);
    let room = new Int32Array(0);
    const scratch = (count: number): Int32Array => {
      if (room.length < count) room = new Int32Array(count);
      return room.subarray(0, count);
    };
    let written = 0;
    for (const piece of source.pieces(signal, startFrame, end)) {
      const from = (piece.startFrame - startFrame) * perFrame;
      const to = (piece.endFrame - startFrame) * perFrame;
      if (piece.stored) {
        const read = await scale.read(piece.stored, values, from, to, scratch);
        if (!read.ok) return read;
      } else scale.blank(values, from, to);
      if (from !== written) break;
      written = to;
    }
    if (written !== length) throw new Error(`${facts.name}: pieces leave out samples`);
    return ok(values);
  }

  return {
    ...shown,
    files: [...new Set([...headerFiles, ...source.files])],
    frames: source.frames,
    signals: source.signals,
    readPhysical: (signal, startFrame, endFrame) =>
      read(signal, startFrame, endFrame, () => PHYSICAL),
    readDigital: (signal, startFrame, endFrame) => read(signal, startFrame, endFrame, digitalScale),
    async verify(signal) {
      const found = await source.verify(signal);
      return found.ok ? ok([...facts.warnings, ...found.value]) : found;
    },
    close: () => pool.close(),
  };
}
