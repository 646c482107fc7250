import { ok, type Result } from '../../../shared/domain';
import type { IntegerCode } from './integer-codes';
import type { IntegerStore } from './lead-source';

/** Bytes that can be read anywhere: a file, or what a compressed file was inflated to. */
export interface ByteSource {
  /** Exactly `length` bytes, shared: never write to them. */
  read(position: number, length: number): Promise<Result<Uint8Array>>;
}

export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return {
    read: (position, length) => Promise.resolve(ok(bytes.subarray(position, position + length))),
  };
}

/** Samples in frames of one size, one after the other: an EDF data record, a sample of each DICOM channel. */
export interface FrameLayout {
  readonly byteOffset: number;
  readonly frameBytes: number;
  readonly frames: number;
}

/** The samples of one lead in each frame. */
export interface FrameColumn {
  readonly byteInFrame: number;
  readonly samplesPerFrame: number;
  readonly code: IntegerCode;
}

// Large, because each read waits its turn in the thread pool; small beside the 16 MB that a file pool keeps.
const CHUNK_BYTES = 1024 * 1024;

/** The leads of a file in frames, each a store that reads windows in chunks of about a megabyte. */
export function framedFile(
  source: ByteSource,
  layout: FrameLayout,
): (column: FrameColumn) => IntegerStore {
  const { byteOffset, frameBytes, frames } = layout;
  const chunkFrames = Math.floor(CHUNK_BYTES / frameBytes);
  let lastChunk = -1;

  function readChunk(chunk: number): Promise<Result<Uint8Array>> {
    const first = chunk * chunkFrames;
    const count = Math.min(chunkFrames, frames - first);
    return source.read(byteOffset + first * frameBytes, count * frameBytes);
  }

  /** A chunk of whole frames. Whoever reads on will want the next: the disk fetches it while this is decoded. */
  function fetchChunk(chunk: number): Promise<Result<Uint8Array>> {
    const bytes = readChunk(chunk);
    if (chunk === lastChunk + 1 && (chunk + 1) * chunkFrames < frames) void readChunk(chunk + 1);
    lastChunk = chunk;
    return bytes;
  }

  return (column) =>
    chunkFrames > 0
      ? storeOfChunks(column, frameBytes, chunkFrames, fetchChunk)
      : storeOfLargeFrames(column, layout, source);
}

/** Frames that are small beside a chunk. */
function storeOfChunks(
  column: FrameColumn,
  frameBytes: number,
  chunkFrames: number,
  fetchChunk: (chunk: number) => Promise<Result<Uint8Array>>,
): IntegerStore {
  const { byteInFrame, samplesPerFrame, code } = column;
  const chunkSamples = chunkFrames * samplesPerFrame;

  return {
    kind: 'integers',
    async read(from, to, out, at) {
      for (let next = from; next < to;) {
        const chunk = Math.floor(next / chunkSamples);
        const bytes = await fetchChunk(chunk);
        if (!bytes.ok) return bytes;
        const first = next - chunk * chunkSamples;
        const last = Math.min(to - chunk * chunkSamples, chunkSamples);
        decodeFrames(bytes.value, first, last, out, at + next - from);
        next += last - first;
      }
      return ok(null);
    },
  };

  /** Samples [first, last) of a chunk. */
  function decodeFrames(
    bytes: Uint8Array,
    first: number,
    last: number,
    out: Int32Array,
    at: number,
  ): void {
    if (samplesPerFrame === 1) {
      code.decode(bytes, first * frameBytes + byteInFrame, frameBytes, last - first, out, at);
      return;
    }
    for (let next = first; next < last;) {
      const frame = Math.floor(next / samplesPerFrame);
      const inFrame = next - frame * samplesPerFrame;
      const count = Math.min(last - next, samplesPerFrame - inFrame);
      const byte = frame * frameBytes + byteInFrame + inFrame * code.bytes;
      code.decode(bytes, byte, code.bytes, count, out, at + next - first);
      next += count;
    }
  }
}

/** Frames of more than a chunk, of which only the lead's own part is read. */
function storeOfLargeFrames(
  { byteInFrame, samplesPerFrame, code }: FrameColumn,
  { byteOffset, frameBytes }: FrameLayout,
  source: ByteSource,
): IntegerStore {
  const pieceSamples = Math.floor(CHUNK_BYTES / code.bytes);
  return {
    kind: 'integers',
    async read(from, to, out, at) {
      for (let next = from; next < to;) {
        const frame = Math.floor(next / samplesPerFrame);
        const inFrame = next - frame * samplesPerFrame;
        const start = inFrame - (inFrame % pieceSamples);
        const end = Math.min(samplesPerFrame, start + pieceSamples);
        const bytes = await source.read(
          byteOffset + frame * frameBytes + byteInFrame + start * code.bytes,
          (end - start) * code.bytes,
        );
        if (!bytes.ok) return bytes;
        const count = Math.min(to - next, end - inFrame);
        const byte = (inFrame - start) * code.bytes;
        code.decode(bytes.value, byte, code.bytes, count, out, at + next - from);
        next += count;
      }
      return ok(null);
    },
  };
}
