import { crc8 } from './crc';
import type { StreamInfo } from './stream-info';

/** Where a frame belongs in its stream. */
export interface FrameHeader {
  readonly firstSample: number;
  readonly samples: number;
  readonly headerBytes: number;
}

const DEPTHS = [0, 8, 12, 0, 16, 20, 24, 32];

/**
 * Parses a frame header at `at` (RFC 9639, section 9.1) and checks it against the stream and its CRC-8.
 * @returns null when no header of this stream starts there
 */
export function parseFrameHeader(
  bytes: Uint8Array,
  at: number,
  info: StreamInfo,
): FrameHeader | null {
  if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xfe) !== 0xf8) return null;
  const variableBlocks = (bytes[at + 1]! & 1) === 1;
  const blockCode = bytes[at + 2]! >> 4;
  const rateCode = bytes[at + 2]! & 0xf;
  const channelCode = bytes[at + 3]! >> 4;
  const depth = DEPTHS[(bytes[at + 3]! >> 1) & 7]!;
  if (blockCode === 0 || rateCode === 15 || channelCode > 10 || (bytes[at + 3]! & 1) !== 0)
    return null;
  // Codes 8 to 10 are stereo with a difference channel.
  if ((channelCode > 7 ? 2 : channelCode + 1) !== info.channels) return null;
  if (depth !== 0 && depth !== info.bits) return null;

  const number = codedNumber(bytes, at + 4);
  if (!number) return null;
  let end = at + 4 + number.bytes;
  let samples: number;
  if (blockCode === 1) samples = 192;
  else if (blockCode <= 5) samples = 144 << blockCode;
  else if (blockCode === 6) samples = bytes[end++]! + 1;
  else if (blockCode === 7) {
    samples = ((bytes[end]! << 8) | bytes[end + 1]!) + 1;
    end += 2;
  } else samples = 1 << blockCode;
  if (rateCode === 12) end += 1;
  else if (rateCode > 12) end += 2;
  if (end >= bytes.length || crc8(bytes, at, end + 1) !== 0 || samples > info.maxBlockSamples)
    return null;
  return {
    firstSample: variableBlocks ? number.value : number.value * info.minBlockSamples,
    samples,
    headerBytes: end + 1 - at,
  };
}

/** The frame or sample number: up to 36 bits in the manner of UTF-8. */
function codedNumber(bytes: Uint8Array, at: number): { value: number; bytes: number } | null {
  const lead = bytes[at]!;
  if (lead < 0x80) return { value: lead, bytes: 1 };
  const length = Math.clz32(~(lead << 24));
  if (length < 2 || length > 7) return null;
  let value = lead & (0x7f >> length);
  for (let k = 1; k < length; k++) {
    const byte = bytes[at + k];
    if (byte === undefined || (byte & 0xc0) !== 0x80) return null;
    value = value * 64 + (byte & 0x3f);
  }
  return { value, bytes: length };
}
