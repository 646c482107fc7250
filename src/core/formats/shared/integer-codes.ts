/** How an integer lies in bytes. */
export interface IntegerCode {
  readonly bytes: number;
  /** Of the integers that come out, for `adcResolutionBits`. */
  readonly bits: number;
  /** Decodes `count` integers, the first at byte `at`, each `step` bytes after the one before, into out[outAt...]. */
  decode(
    bytes: Uint8Array,
    at: number,
    step: number,
    count: number,
    out: Int32Array,
    outAt: number,
  ): void;
}

export const INT8: IntegerCode = {
  bytes: 1,
  bits: 8,
  decode(bytes, at, step, count, out, outAt) {
    for (let k = 0, from = at; k < count; k++, from += step) {
      out[outAt + k] = (bytes[from]! << 24) >> 24;
    }
  },
};

export const UINT8: IntegerCode = {
  bytes: 1,
  bits: 8,
  decode(bytes, at, step, count, out, outAt) {
    for (let k = 0, from = at; k < count; k++, from += step) out[outAt + k] = bytes[from]!;
  },
};

export const INT16: IntegerCode = {
  bytes: 2,
  bits: 16,
  decode(bytes, at, step, count, out, outAt) {
    for (let k = 0, from = at; k < count; k++, from += step) {
      out[outAt + k] = ((bytes[from]! | (bytes[from + 1]! << 8)) << 16) >> 16;
    }
  },
};

export const UINT16: IntegerCode = {
  bytes: 2,
  bits: 16,
  decode(bytes, at, step, count, out, outAt) {
    for (let k = 0, from = at; k < count; k++, from += step) {
      out[outAt + k] = bytes[from]! | (bytes[from + 1]! << 8);
    }
  },
};

export const INT16_BIG: IntegerCode = {
  bytes: 2,
  bits: 16,
  decode(bytes, at, step, count, out, outAt) {
    for (let k = 0, from = at; k < count; k++, from += step) {
      out[outAt + k] = ((bytes[from + 1]! | (bytes[from]! << 8)) << 16) >> 16;
    }
  },
};

export const UINT16_BIG: IntegerCode = {
  bytes: 2,
  bits: 16,
  decode(bytes, at, step, count, out, outAt) {
    for (let k = 0, from = at; k < count; k++, from += step) {
      out[outAt + k] = bytes[from + 1]! | (bytes[from]! << 8);
    }
  },
};

export const INT24: IntegerCode = {
  bytes: 3,
  bits: 24,
  decode(bytes, at, step, count, out, outAt) {
    for (let k = 0, from = at; k < count; k++, from += step) {
      const value = bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16);
      out[outAt + k] = (value << 8) >> 8;
    }
  },
};

export const INT32: IntegerCode = {
  bytes: 4,
  bits: 32,
  decode(bytes, at, step, count, out, outAt) {
    for (let k = 0, from = at; k < count; k++, from += step) {
      out[outAt + k] =
        bytes[from]! |
        (bytes[from + 1]! << 8) |
        (bytes[from + 2]! << 16) |
        (bytes[from + 3]! << 24);
    }
  },
};

export const INT32_BIG: IntegerCode = {
  bytes: 4,
  bits: 32,
  decode(bytes, at, step, count, out, outAt) {
    for (let k = 0, from = at; k < count; k++, from += step) {
      out[outAt + k] =
        bytes[from + 3]! |
        (bytes[from + 2]! << 8) |
        (bytes[from + 1]! << 16) |
        (bytes[from]! << 24);
    }
  },
};

/** Bytes that stand for integers by a table of 256. */
export function tabled(table: Int32Array, bits: number): IntegerCode {
  return {
    bytes: 1,
    bits,
    decode(bytes, at, step, count, out, outAt) {
      for (let k = 0, from = at; k < count; k++, from += step)
        out[outAt + k] = table[bytes[from]!]!;
    },
  };
}
