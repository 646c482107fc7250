/** Checksums of FLAC frames (RFC 9639, sections 9.1.8 and 9.3). */

const CRC8 = table(8, 0x07);
const CRC16 = table(16, 0x8005);

/** CRC-8 of bytes[start, end). Over a header with its own checksum byte it is 0. */
export function crc8(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let at = start; at < end; at++) crc = CRC8[crc ^ bytes[at]!]!;
  return crc;
}

/** CRC-16 after one more byte; over a whole frame with its own checksum it ends at 0. */
export function crc16Step(crc: number, byte: number): number {
  return ((crc << 8) & 0xffff) ^ CRC16[(crc >> 8) ^ byte]!;
}

function table(bits: number, polynomial: number): Uint16Array {
  const values = new Uint16Array(256);
  const top = 1 << (bits - 1);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte << (bits - 8);
    for (let k = 0; k < 8; k++) crc = crc & top ? (crc << 1) ^ polynomial : crc << 1;
    values[byte] = crc & ((1 << bits) - 1);
  }
  return values;
}
