import { FLACDecoder } from '@wasm-audio-decoders/flac';

/** The decoder cuts longer input in pieces that it cannot put together again. */
export const MAX_FRAME_BYTES = 65535 * 8;

/**
 * Decodes intact FLAC frames, each on its own.
 * @param bits bits per sample of the stream, at most 24
 * @returns for each frame its channels as integers, or null where the frame could not be decoded
 */
export async function decodeFrames(
  frames: readonly Uint8Array[],
  samples: readonly number[],
  channels: number,
  bits: number,
): Promise<(Int32Array[] | null)[]> {
  // The decoder gives value / (2^(bits-1) - 1) as float32, whose 24 bits of precision carry every integer.
  const scale = 2 ** (bits - 1) - 1;
  const decoder = new FLACDecoder();
  await decoder.ready;
  try {
    const decoded: (Int32Array[] | null)[] = [];
    for (const [index, frame] of frames.entries()) {
      const audio = await decoder.decodeFrames([frame]);
      const intact =
        audio.errors.length === 0 &&
        audio.samplesDecoded === samples[index] &&
        audio.channelData.length === channels;
      decoded.push(
        intact
          ? audio.channelData.map((values) =>
              Int32Array.from(values, (value) => Math.round(value * scale)),
            )
          : null,
      );
    }
    return decoded;
  } finally {
    decoder.free();
  }
}
