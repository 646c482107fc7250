/**
 * A FLAC stream that stores its samples as they are (verbatim subframes, RFC 9639), for tests.
 * @param channels samples by channel, all of one length
 * @param bits 8, 16 or 24
 * @param blockSamples samples per frame; the last frame holds the rest
 */
export function encodeFlac(
  channels: readonly (readonly number[])[],
  bits: 8 | 16 | 24,
  blockSamples = 192,
): Uint8Array {
  const total = channels[0]!.length;
  const out: number[] = [...new TextEncoder().encode('fLaC'), 0x80, 0, 0, 34];
  const info = bitWriter();
  info.put(blockSamples, 16);
  info.put(blockSamples, 16);
  info.put(0, 24);
  info.put(0, 24);
  info.put(96_000, 20);
  info.put(channels.length - 1, 3);
  info.put(bits - 1, 5);
  info.put(0, 4);
  info.put(total, 32);
  for (let k = 0; k < 4; k++) info.put(0, 32);
  out.push(...info.bytes);
  for (let start = 0, number = 0; start < total; start += blockSamples, number++) {
    const block = channels.map((values) => values.slice(start, start + blockSamples));
    for (const byte of frame(block, bits, number)) out.push(byte);
  }
  return Uint8Array.from(out);
}

function frame(block: readonly (readonly number[])[], bits: number, number: number): number[] {
  const samples = block[0]!.length;
  const header = bitWriter();
  header.put(0xfff8, 16);
  header.put(7, 4); // block size in 16 bits, below
  header.put(11, 4); // 96 kHz
  header.put(block.length - 1, 4);
  header.put({ 8: 1, 16: 4, 24: 6 }[bits]!, 3);
  header.put(0, 1);
  for (const byte of codedNumber(number)) header.put(byte, 8);
  header.put(samples - 1, 16);
  header.put(crc(header.bytes, 8, 0x07), 8);
  for (const values of block) {
    header.put(0b00000010, 8); // verbatim
    for (const value of values) header.put(value, bits);
  }
  header.put(crc(header.bytes, 16, 0x8005), 16);
  return header.bytes;
}

function codedNumber(value: number): number[] {
  if (value < 0x80) return [value];
  if (value < 0x800) return [0xc0 | (value >> 6), 0x80 | (value & 0x3f)];
  return [0xe0 | (value >> 12), 0x80 | ((value >> 6) & 0x3f), 0x80 | (value & 0x3f)];
}

function crc(bytes: readonly number[], width: number, polynomial: number): number {
  let register = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const top = (register >> (width - 1)) & 1;
      register = (register << 1) & (2 ** width - 1);
      if (top !== ((byte >> bit) & 1)) register ^= polynomial;
    }
  }
  return register;
}

function bitWriter(): { readonly bytes: number[]; put(value: number, bits: number): void } {
  const bytes: number[] = [];
  let filled = 0;
  return {
    bytes,
    put(value, bits) {
      for (let bit = bits - 1; bit >= 0; bit--) {
        if (filled % 8 === 0) bytes.push(0);
        bytes[bytes.length - 1]! |= ((value >> bit) & 1) << (7 - (filled % 8));
        filled++;
      }
    },
  };
}
