import type { RecordedAnnotations } from '../open-recording';

/** A time-stamped annotation list to be written. */
export interface NewTal {
  /** Seconds after the start time of the header. */
  readonly onsetS: number;
  readonly durationS: number;
  readonly text: string;
}

/** Of the list that keeps the time of a data record: onset, two separators and the end. */
const TIMEKEEPING_BYTES = 20;

/** Annotations of any format as texts of EDF+: beats and marks by their mnemonics, rhythms and notes by their words. */
export function annotationTals(
  { timeS, durationS, symbol, aux }: RecordedAnnotations,
  zeroS: number,
): NewTal[] {
  return symbol.map((own, k) => {
    const words = aux[k]!;
    const wordsAlone = own === '"' || (own === '+' && words !== '');
    return {
      onsetS: zeroS + timeS[k]!,
      durationS: durationS?.[k] ?? 0,
      text: wordsAlone ? words : words === '' ? own : `${own} ${words}`,
    };
  });
}

/**
 * Puts annotations into the annotation signal of data records, each after the list that keeps the record's time.
 * @param onsets of the data records, seconds after the start time of the header
 * @returns bytes of the signal in a record, and the bytes of each record
 */
export function encodeAnnotations(
  onsets: Float64Array,
  tals: readonly NewTal[],
): { bytesPerRecord: number; recordBytes: (record: number) => Buffer } {
  const encoded = tals.filter(({ text }) => text !== '').map(encodeTal);
  const longest = encoded.reduce((most, bytes) => Math.max(most, bytes.length), 0);
  const total = encoded.reduce((sum, bytes) => sum + bytes.length, 0);
  // Filled in turn, a record wastes less than the longest: with twice the average beside that all find room.
  const room = longest + 2 * Math.ceil(total / Math.max(1, onsets.length));
  const bytesPerRecord = 2 * Math.ceil((TIMEKEEPING_BYTES + room) / 2);
  const shares: Buffer[][] = [];
  for (let record = 0, next = 0; record < onsets.length && next < encoded.length; record++) {
    const share: Buffer[] = [];
    for (let used = 0; next < encoded.length; next++) {
      const bytes = encoded[next]!;
      if (used + bytes.length > room) break;
      used += bytes.length;
      share.push(bytes);
    }
    shares.push(share);
  }
  return {
    bytesPerRecord,
    recordBytes(record) {
      const bytes = Buffer.alloc(bytesPerRecord);
      const keeper = Buffer.from(`${onsetText(onsets[record]!)}\x14\x14\0`);
      Buffer.concat([keeper, ...(shares[record] ?? [])]).copy(bytes);
      return bytes;
    },
  };
}

function encodeTal({ onsetS, durationS, text }: NewTal): Buffer {
  // The bytes that part a list must not be in its text.
  const plain = text.replace(/\p{Cc}/gu, ' ');
  const duration = durationS > 0 ? `\x15${decimals(durationS)}` : '';
  return Buffer.from(`${onsetText(onsetS)}${duration}\x14${plain}\x14\0`);
}

/** `+12.25`; at most 18 characters. */
function onsetText(seconds: number): string {
  return `${seconds < 0 ? '-' : '+'}${decimals(Math.abs(seconds))}`;
}

/** Seconds to a ten-millionth, without zeros at the end. */
function decimals(seconds: number): string {
  return seconds.toFixed(7).replace(/\.?0+$/, '');
}
