import { ok, type Result } from '../../../../shared/domain';
import { firstWhere } from '../../../../shared/domain/lower-bound';
import type { FilePool } from '../file-pool';
import { crc16Step } from './crc';
import { parseFrameHeader, type FrameHeader } from './frame-header';
import type { StreamInfo } from './stream-info';

/** One intact frame: where it lies in the file, and which samples it holds. */
export interface FrameEntry {
  readonly position: number;
  readonly bytes: number;
  readonly firstSample: number;
  readonly samples: number;
}

/**
 * Where the frames of a FLAC file are. FLAC has no directory, so frames are found by their headers and proved
 * by their CRC-16, reading the file once, front to back, only as far as anyone has asked.
 */
export interface FrameIndex {
  /** Intact frames that touch samples [start, end), in order. */
  frames(start: number, end: number): Promise<Result<readonly FrameEntry[]>>;
  /** Samples up to the end of the last intact frame. */
  totalSamples(): Promise<Result<number>>;
}

/**
 * Bytes that may be checked in vain for frames that turn out not to be intact, on top of as many as were intact.
 * Damage costs the length of a frame each time; a file made of nothing but headers would cost hours.
 */
const MAX_WASTED_BYTES = 16 * 2 ** 20;

export function createFrameIndex(
  file: string,
  sizeBytes: number,
  info: StreamInfo,
  pool: FilePool,
): FrameIndex {
  // A frame that stores its samples as they are is the longest an encoder makes.
  const longest =
    64 + info.channels * (8 + Math.ceil((info.maxBlockSamples * (info.bits + 1)) / 8));
  const windowBytes = Math.max(256 * 1024, 2 * longest);
  const entries: FrameEntry[] = [];
  let position = info.audioStart;
  let nextSample = 0;
  let growing: Promise<Result<null>> = Promise.resolve(ok(null));
  let patience = MAX_WASTED_BYTES;

  function lengthOf(bytes: Uint8Array, at: number, header: FrameHeader): number {
    if (patience <= 0) return 0;
    const length = frameLength(bytes, at, header, longest);
    patience += length > 0 ? length : -Math.min(longest, bytes.length - at);
    return length;
  }

  /** Extends the index over the next window of the file. */
  async function grow(): Promise<Result<null>> {
    const length = Math.min(windowBytes, sizeBytes - position);
    const window = await pool.read(file, position, length);
    if (!window.ok) return window;
    const bytes = window.value;
    const atEnd = position + length === sizeBytes;
    let at = 0;
    while (at < bytes.length && (atEnd || at + longest <= bytes.length)) {
      const header = parseFrameHeader(bytes, at, info);
      const frameBytes =
        header && header.firstSample >= nextSample ? lengthOf(bytes, at, header) : 0;
      if (header && frameBytes > 0) {
        const { firstSample, samples } = header;
        entries.push({ position: position + at, bytes: frameBytes, firstSample, samples });
        nextSample = firstSample + samples;
        at += frameBytes;
      } else {
        // Not an intact frame: look on from the next byte that could start one.
        const next = bytes.indexOf(0xff, at + 1);
        at = next < 0 ? bytes.length : next;
      }
    }
    position += at;
    return ok(null);
  }

  /** Extends the index until it covers a sample; one caller at a time works, the others wait for it. */
  function cover(sample: number): Promise<Result<null>> {
    growing = growing.then(async () => {
      while (nextSample < sample && position < sizeBytes) {
        const grown = await grow();
        if (!grown.ok) return grown;
      }
      return ok(null);
    });
    return growing;
  }

  /** The end of the stream as its last frame tells, or null when the file does not end with a frame. */
  async function endByLastFrame(): Promise<Result<number | null>> {
    const start = Math.max(info.audioStart, sizeBytes - longest);
    const tail = await pool.read(file, start, Math.max(0, sizeBytes - start));
    if (!tail.ok) return tail;
    const bytes = tail.value;
    for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
      const header = parseFrameHeader(bytes, at, info);
      if (header && lengthOf(bytes, at, header) === bytes.length - at) {
        return ok(header.firstSample + header.samples);
      }
    }
    return ok(null);
  }

  return {
    async frames(start, end) {
      const covered = await cover(end);
      if (!covered.ok) return covered;
      const first = firstWhere(entries, (frame) => frame.firstSample + frame.samples > start);
      return ok(
        entries.slice(
          first,
          firstWhere(entries, (frame) => frame.firstSample >= end),
        ),
      );
    },

    async totalSamples() {
      const end = await endByLastFrame();
      if (!end.ok || end.value !== null) return end as Result<number>;
      const covered = await cover(Infinity);
      return covered.ok ? ok(nextSample) : covered;
    },
  };
}

/** Length of the frame at `at`: it ends where its CRC-16 comes out and the next frame or nothing follows. */
function frameLength(bytes: Uint8Array, at: number, header: FrameHeader, longest: number): number {
  const end = Math.min(bytes.length, at + longest);
  // Shortest frame: one constant subframe of two bytes, then the checksum.
  const shortest = at + header.headerBytes + 4;
  let crc = 0;
  for (let k = at; k < end; k++) {
    crc = crc16Step(crc, bytes[k]!);
    if (crc !== 0 || k + 1 < shortest) continue;
    const next = k + 1;
    const follows =
      bytes.length - next < 2 || (bytes[next] === 0xff && (bytes[next + 1]! & 0xfe) === 0xf8);
    if (follows) return next - at;
  }
  return 0;
}
