import { createBitReader } from './bit-reader';
import { parseFrameHeader } from './frame-header';
import type { StreamInfo } from './stream-info';
import { decodeSubframe } from './subframe';

/** CRC-16 at the end of a frame. */
const FOOTER_BYTES = 2;
/** Codes of two channels of which one is the difference (RFC 9639, section 9.1.3). */
const LEFT_SIDE = 8;
const SIDE_RIGHT = 9;
const MID_SIDE = 10;

/**
 * Decodes one frame whose checksum is right (RFC 9639, section 9).
 * @param bytes the whole frame, from its header to its checksum
 * @returns the samples of each channel, or null where it is not what its stream says it is
 */
export function decodeFrame(bytes: Uint8Array, info: StreamInfo): Int32Array[] | null {
  const header = parseFrameHeader(bytes, 0, info);
  if (!header) return null;
  const stereo = bytes[3]! >> 4;
  const reader = createBitReader(bytes, header.headerBytes);
  const channels: Int32Array[] = [];
  for (let channel = 0; channel < info.channels; channel++) {
    // A difference needs one bit more than what it is the difference of.
    const isSide = stereo === SIDE_RIGHT ? channel === 0 : stereo >= LEFT_SIDE && channel === 1;
    const values = decodeSubframe(reader, header.samples, info.bits + (isSide ? 1 : 0));
    if (!values || reader.position > 8 * (bytes.length - FOOTER_BYTES)) return null;
    channels.push(values);
  }
  reader.align();
  if (reader.position !== 8 * (bytes.length - FOOTER_BYTES)) return null;
  if (stereo >= LEFT_SIDE) undoStereo(channels[0]!, channels[1]!, stereo);
  return channels.every((values) => fits(values, info.bits)) ? channels : null;
}

/** Makes left and right, in place, of two channels of which one is the difference. */
function undoStereo(first: Int32Array, second: Int32Array, code: number): void {
  for (let k = 0; k < first.length; k++) {
    const a = first[k]!;
    const b = second[k]!;
    if (code === LEFT_SIDE) second[k] = a - b;
    else if (code === SIDE_RIGHT) first[k] = a + b;
    else if (code === MID_SIDE) {
      // The bit that the mean lost is the lowest one of the difference.
      const sum = (a << 1) | (b & 1);
      first[k] = (sum + b) >> 1;
      second[k] = (sum - b) >> 1;
    }
  }
}

function fits(values: Int32Array, bits: number): boolean {
  const top = 2 ** (bits - 1);
  return values.every((value) => value >= -top && value < top);
}
