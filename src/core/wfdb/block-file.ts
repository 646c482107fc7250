import { ok } from '../../shared/domain';
import type { FilePool } from './file-pool';
import type { SampleFormat } from './formats';
import type { SignalFile } from './signal-file';

const CHUNK_BYTES = 128 * 1024;

/** What a signal file looks like, as far as its header tells. */
export interface FileLayout {
  readonly path: string;
  readonly sizeBytes: number;
  readonly byteOffset: number;
  /** Samples per frame of each signal in the file, in file order. */
  readonly samplesPerFrame: readonly number[];
}

/** A signal file in one of the uncompressed formats. */
export function openBlockFile(
  layout: FileLayout,
  format: SampleFormat,
  pool: FilePool,
): SignalFile {
  const { blockSamples, blockBytes } = format;
  const starts = runningTotals(layout.samplesPerFrame);
  const frameSamples = starts.at(-1)!;
  const dataBytes = Math.max(0, layout.sizeBytes - layout.byteOffset);
  const wholeBlocks = Math.floor(dataBytes / blockBytes);
  const samples =
    wholeBlocks * blockSamples + format.samplesInPartialBlock(dataBytes - wholeBlocks * blockBytes);
  // Six frames always fill whole blocks, as blocks hold 1, 2 or 3 samples.
  const sixFramesBytes = (6 * frameSamples * blockBytes) / blockSamples;
  const chunkFrames = 6 * Math.max(1, Math.floor(CHUNK_BYTES / sixFramesBytes));
  const chunkBytes = (chunkFrames / 6) * sixFramesBytes;

  return {
    path: layout.path,
    frames: Math.floor(samples / frameSamples),
    chunkFrames,
    async decode(place, startFrame, endFrame, out, outStart) {
      if (endFrame <= startFrame) return ok(null);
      const chunk = Math.floor(startFrame / chunkFrames);
      const position = chunk * chunkBytes;
      const bytes = await pool.read(
        layout.path,
        layout.byteOffset + position,
        Math.min(chunkBytes, dataBytes - position),
      );
      if (!bytes.ok) return bytes;
      const first = (startFrame - chunk * chunkFrames) * frameSamples + starts[place]!;
      const perFrame = layout.samplesPerFrame[place]!;
      for (let k = 0; k < perFrame; k++) {
        format.decode(
          bytes.value,
          first + k,
          frameSamples,
          endFrame - startFrame,
          out,
          outStart + k,
          perFrame,
        );
      }
      return ok(null);
    },
  };
}

/** 0, a, a + b, ... */
function runningTotals(values: readonly number[]): number[] {
  const totals = [0];
  for (const value of values) totals.push(totals.at(-1)! + value);
  return totals;
}
