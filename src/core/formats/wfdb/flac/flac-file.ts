import path from 'node:path';
import { ok, type Result } from '../../../../shared/domain';
import type { Told } from '../../../../shared/domain/failure';
import { errSaid, toldBy, withDetails } from '../../../../shared/domain/said';
import type { FileLayout } from '../block-file';
import type { FilePool } from '../file-pool';
import { flacBits, invalidCode } from '../formats';
import type { SignalFile } from '../signal-file';
import { decodeFrame } from './decode-frame';
import { createFrameIndex } from './frame-index';
import { METADATA_BYTES, parseStreamInfo } from './stream-info';

/** Samples per channel that are decoded and kept together. */
const CHUNK_SAMPLES = 65_536;

/**
 * A signal file in format 508, 516 or 524: a FLAC stream with one channel per signal. Samples of a damaged
 * frame are missing, never guessed. `byteOffset` counts samples here (signal(5)).
 */
export async function openFlacFile(
  layout: FileLayout,
  format: number,
  pool: FilePool,
): Promise<Result<SignalFile>> {
  const name = path.basename(layout.path);
  const bad = (what: Told): Result<never> =>
    withDetails(errSaid('bad-signal', 'files.fileIs', { file: name, what }), {
      field: 'FLAC stream',
    });
  const start = await pool.read(layout.path, 0, Math.min(METADATA_BYTES, layout.sizeBytes));
  if (!start.ok) return start;
  const parsed = parseStreamInfo(start.value, name);
  if (!parsed.ok) return parsed;
  const info = parsed.value;
  const perFrame = layout.samplesPerFrame[0]!;
  if (info.channels !== layout.samplesPerFrame.length) {
    return bad(
      toldBy('files.flacChannels', {
        channels: info.channels,
        signals: layout.samplesPerFrame.length,
      }),
    );
  }
  if (layout.samplesPerFrame.some((samples) => samples !== perFrame)) {
    return bad(toldBy('files.flacFrames'));
  }
  if (info.bits > flacBits(format)!) {
    return bad(toldBy('files.flacBits', { bits: info.bits, format }));
  }

  const index = createFrameIndex(layout.path, layout.sizeBytes, info, pool);
  const total = await index.totalSamples();
  if (!total.ok) return total;
  const chunkFrames = Math.max(1, Math.floor(CHUNK_SAMPLES / perFrame));
  const chunkSamples = chunkFrames * perFrame;
  const chunkBytes = 4 * chunkSamples * info.channels;

  async function decodeChunk(chunk: number): Promise<Result<Int32Array[]>> {
    const from = layout.byteOffset + chunk * chunkSamples;
    const found = await index.frames(from, from + chunkSamples);
    if (!found.ok) return found;
    const missing = invalidCode(format);
    const values = layout.samplesPerFrame.map(() => new Int32Array(chunkSamples).fill(missing));
    for (const { position, bytes, firstSample } of found.value) {
      const read = await pool.read(layout.path, position, bytes);
      if (!read.ok) return read;
      const skip = Math.max(0, from - firstSample);
      const at = firstSample + skip - from;
      decodeFrame(read.value, info)?.forEach((samples, channel) => {
        values[channel]!.set(samples.subarray(skip, skip + chunkSamples - at), at);
      });
    }
    return ok(values);
  }

  return ok({
    path: layout.path,
    frames: Math.max(0, Math.floor((total.value - layout.byteOffset) / perFrame)),
    chunkFrames,
    async decode(place, startFrame, endFrame, out, outStart) {
      const chunk = Math.floor(startFrame / chunkFrames);
      const decoded = await pool.keep(`flac ${chunk} ${layout.path}`, chunkBytes, () =>
        decodeChunk(chunk),
      );
      if (!decoded.ok) return decoded;
      const from = (startFrame - chunk * chunkFrames) * perFrame;
      out.set(
        decoded.value[place]!.subarray(from, from + (endFrame - startFrame) * perFrame),
        outStart,
      );
      return ok(null);
    },
  });
}
