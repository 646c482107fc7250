import { ok, type Result } from '../../../shared/domain';
import type { ByteSource } from '../shared/framed-file';
import type { EdfHeader, EdfSignal } from './header';
import { parseTals } from './tal';
import type { TimelineInput } from './timeline';

/** Reads at a time, and their size: many small data records are read together, of large ones their onsets alone. */
const READS = 64;
const CHUNK_BYTES = 1024 * 1024;
const SMALL_RECORD_BYTES = 16 * 1024;

/**
 * The onsets that an annotation signal keeps: the one of any data record, for files whose records follow on, and all of
 * them where they need not.
 */
export function recordOnsets(
  { headerBytes, recordBytes, sampleBytes }: EdfHeader,
  keeper: EdfSignal,
  records: number,
  source: ByteSource,
  all: boolean,
): Pick<TimelineInput, 'onsetOf' | 'onsets'> {
  const length = keeper.samplesPerRecord * sampleBytes;
  const isSmall = recordBytes <= SMALL_RECORD_BYTES;
  const perRead = isSmall ? Math.floor(CHUNK_BYTES / recordBytes) : 1;

  async function onsetOf(record: number): Promise<Result<number | null>> {
    // These few bytes alone: a gap is looked for all over the file, and a chunk for each would be most of a day.
    const at = headerBytes + record * recordBytes + keeper.byteInRecord;
    const bytes = await source.read(at, length);
    return bytes.ok ? ok(onsetIn(bytes.value)) : bytes;
  }

  async function onsetsFrom(first: number): Promise<Result<(number | null)[]>> {
    if (!isSmall) {
      const onset = await onsetOf(first);
      return onset.ok ? ok([onset.value]) : onset;
    }
    const count = Math.min(perRead, records - first);
    const bytes = await source.read(headerBytes + first * recordBytes, count * recordBytes);
    if (!bytes.ok) return bytes;
    const at = (k: number): number => k * recordBytes + keeper.byteInRecord;
    return ok(
      Array.from({ length: count }, (_, k) => onsetIn(bytes.value.subarray(at(k), at(k) + length))),
    );
  }

  async function* onsets(): AsyncIterable<Result<readonly (number | null)[]>> {
    const step = isSmall ? perRead : READS;
    for (let first = 0; first < records; first += step) {
      const count = isSmall ? 1 : Math.min(READS, records - first);
      const reads = Array.from({ length: count }, (_, k) => onsetsFrom(first + k * perRead));
      yield* await Promise.all(reads);
    }
  }

  return { onsetOf, ...(all ? { onsets } : {}) };
}

/** The first list of a data record is its onset. */
function onsetIn(bytes: Uint8Array): number | null {
  return plainOnset(bytes) ?? parseTals(bytes).tals[0]?.onsetS ?? null;
}

const [PLUS, MINUS, POINT, DIGIT_0, DIGIT_9, SEPARATOR] = [0x2b, 0x2d, 0x2e, 0x30, 0x39, 0x14];

/** `+12.5\x14\x14\x00` without the making of texts, of which a day has a hundred thousand; null for whatever else. */
function plainOnset(bytes: Uint8Array): number | null {
  const sign = bytes[0] === PLUS ? 1 : bytes[0] === MINUS ? -1 : 0;
  let at = 1;
  let digits = 0;
  let divisor = 0;
  for (; at < bytes.length && bytes[at] !== SEPARATOR; at++) {
    const byte = bytes[at]!;
    if (byte === POINT && divisor === 0 && at > 1) divisor = 1;
    else if (byte >= DIGIT_0 && byte <= DIGIT_9) {
      digits = 10 * digits + byte - DIGIT_0;
      divisor *= 10;
    } else return null;
  }
  const isPlain = at > 1 && bytes[at + 1] === SEPARATOR && bytes[at + 2] === 0;
  // Quotients of integers that doubles hold exactly are rounded once, as Number() does.
  if (sign === 0 || !isPlain || digits > Number.MAX_SAFE_INTEGER || divisor > 1e22) return null;
  return (sign * digits) / (divisor || 1);
}
