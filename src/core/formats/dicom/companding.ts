import { tabled, type IntegerCode } from '../shared/integer-codes';

/** Mu-law of ITU-T G.711 in its own 14-bit units; some decoders shift these to 16 bits, which is 4 times as much. */
export const MU_LAW: IntegerCode = tabled(
  Int32Array.from({ length: 256 }, (_, byte) => {
    const code = ~byte & 0xff;
    const exponent = (code >> 4) & 7;
    const magnitude = ((2 * (code & 15) + 33) << exponent) - 33;
    return code & 0x80 ? -magnitude : magnitude;
  }),
  14,
);

/** A-law of ITU-T G.711 in its own 13-bit units. */
export const A_LAW: IntegerCode = tabled(
  Int32Array.from({ length: 256 }, (_, byte) => {
    const code = byte ^ 0x55;
    const exponent = (code >> 4) & 7;
    const step = 2 * (code & 15);
    const magnitude = exponent === 0 ? step + 1 : (step + 33) << (exponent - 1);
    return code & 0x80 ? magnitude : -magnitude;
  }),
  13,
);
