import { ok, type Result } from '../../../shared/domain';
import type { FilePool } from './file-pool';
import type { SampleFormat } from './formats';
import type { SignalFile } from './signal-file';

// Large, because each read waits its turn in the thread pool; small beside the 16 MB that are kept.
const CHUNK_BYTES = 1024 * 1024;

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

  let lastChunk = -1;

  function readChunk(chunk: number): Promise<Result<Uint8Array>> {
    const position = chunk * chunkBytes;
    const length = Math.max(0, Math.min(chunkBytes, dataBytes - position));
    return pool.read(layout.path, layout.byteOffset + position, length);
  }

  /** Bytes of the chunk that holds a frame, and the position in it of a signal's first sample of that frame. */
  async function locate(place: number, frame: number): Promise<Result<[Uint8Array, number]>> {
    const chunk = Math.floor(frame / chunkFrames);
    const bytes = readChunk(chunk);
    // Whoever reads on will want the next chunk: the disk fetches it while this one is decoded.
    if (chunk === lastChunk + 1 && (chunk + 1) * chunkBytes < dataBytes) void readChunk(chunk + 1);
    lastChunk = chunk;
    const read = await bytes;
    if (!read.ok) return read;
    return ok([read.value, (frame - chunk * chunkFrames) * frameSamples + starts[place]!]);
  }

  const file: SignalFile = {
    path: layout.path,
    frames: Math.floor(samples / frameSamples),
    chunkFrames,
    async decode(place, startFrame, endFrame, out, outStart) {
      const located = await locate(place, startFrame);
      if (!located.ok) return located;
      const [bytes, first] = located.value;
      const perFrame = layout.samplesPerFrame[place]!;
      const frames = endFrame - startFrame;
      for (let k = 0; k < perFrame; k++) {
        format.decode(bytes, first + k, frameSamples, frames, out, outStart + k, perFrame);
      }
      return ok(null);
    },
  };
  if (!format.decodeByTable) return file;
  return {
    ...file,
    async decodeByTable(place, startFrame, endFrame, table, out, outStart) {
      const located = await locate(place, startFrame);
      if (!located.ok) return located;
      const [bytes, first] = located.value;
      const perFrame = layout.samplesPerFrame[place]!;
      const frames = endFrame - startFrame;
      for (let k = 0; k < perFrame; k++) {
        format.decodeByTable!(
          bytes,
          first + k,
          frameSamples,
          frames,
          table,
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
