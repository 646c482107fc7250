import { FLACDecoder } from '@wasm-audio-decoders/flac';

/** The decoder cuts longer input in pieces that it cannot put together again. */
export const MAX_FRAME_BYTES = 65535 * 8;

/** An intact frame with what its header states. */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly firstSample: number;
  readonly samples: number;
}

/**
 * Decodes intact FLAC frames in the order of the stream.
 * @param bits bits per sample of the stream, at most 24
 * @returns for each frame its channels as integers, or null where it cannot be decoded
 */
export async function decodeFrames(
  frames: readonly Frame[],
  channels: number,
  bits: number,
): Promise<(Int32Array[] | null)[]> {
  const decoded: (Int32Array[] | null)[] = [];
  let decoder: FLACDecoder | null = null;
  let expected = -1;
  for (const frame of frames) {
    if (!decoder || frame.firstSample !== expected) {
      // libFLAC fills a gap between frames with silence of its own. Silence is not what was recorded there.
      decoder?.free();
      decoder = new FLACDecoder();
      await decoder.ready;
    }
    const audio = await decoder.decodeFrames([frame.bytes]);
    const intact =
      audio.errors.length === 0 &&
      audio.samplesDecoded === frame.samples &&
      audio.channelData.length === channels;
    decoded.push(intact ? audio.channelData.map((values) => toIntegers(values, bits)) : null);
    expected = intact ? frame.firstSample + frame.samples : -1;
  }
  decoder?.free();
  return decoded;
}

/** The decoder gives value / (2^(bits-1) - 1) as float32, whose 24 bits of precision carry every integer. */
function toIntegers(values: Float32Array, bits: number): Int32Array {
  const scale = 2 ** (bits - 1) - 1;
  const integers = new Int32Array(values.length);
  for (let k = 0; k < values.length; k++) integers[k] = Math.round(values[k]! * scale);
  return integers;
}
