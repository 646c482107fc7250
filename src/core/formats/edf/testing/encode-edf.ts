/** A signal of a made file: numbers, or for an annotation signal the text of each data record. */
export interface MadeSignal {
  readonly label: string;
  readonly units?: string;
  /** Physical and digital minima and maxima as they are to stand in the header. */
  readonly limits?: readonly [string, string, string, string];
  readonly prefilter?: string;
  readonly transducer?: string;
  /** One entry a data record. */
  readonly records: readonly (readonly number[] | string)[];
}

export interface MadeEdf {
  readonly version?: string;
  readonly patient?: string;
  readonly recording?: string;
  readonly date?: string;
  readonly time?: string;
  readonly reserved?: string;
  readonly declaredRecords?: string;
  readonly duration?: string;
  readonly headerBytes?: string;
  readonly signals: readonly MadeSignal[];
}

const ANNOTATION_BYTES = 60;

/** An EDF or BDF file (where the version says so), for tests; damaged wherever the fields are. */
export function encodeEdf(made: MadeEdf): Uint8Array {
  const { signals } = made;
  const bdf = made.version?.startsWith('\u00ff') ?? false;
  const sampleBytes = bdf ? 3 : 2;
  const records = signals[0]?.records.length ?? 0;
  const samplesOf = ({ records: [first] }: MadeSignal): number =>
    typeof first === 'string' ? ANNOTATION_BYTES / sampleBytes : (first?.length ?? 0);
  const perSignal = (length: number, textOf: (signal: MadeSignal) => string): string =>
    signals.map((signal) => textOf(signal).padEnd(length)).join('');
  const limit = (k: number) => (signal: MadeSignal) =>
    (signal.limits ?? ['-3276.8', '3276.7', '-32768', '32767'])[k]!;
  const header = [
    (made.version ?? '0').padEnd(8),
    (made.patient ?? 'X X X X').padEnd(80),
    (made.recording ?? 'Startdate X X X X').padEnd(80),
    (made.date ?? '16.04.85').padEnd(8),
    (made.time ?? '10.20.30').padEnd(8),
    (made.headerBytes ?? String(256 * (signals.length + 1))).padEnd(8),
    (made.reserved ?? '').padEnd(44),
    (made.declaredRecords ?? String(records)).padEnd(8),
    (made.duration ?? '1').padEnd(8),
    String(signals.length).padEnd(4),
    perSignal(16, ({ label }) => label),
    perSignal(80, ({ transducer }) => transducer ?? ''),
    perSignal(8, ({ units }) => units ?? 'uV'),
    ...[0, 1, 2, 3].map((k) => perSignal(8, limit(k))),
    perSignal(80, ({ prefilter }) => prefilter ?? ''),
    perSignal(8, (signal) => String(samplesOf(signal))),
    perSignal(32, () => ''),
  ].join('');
  const parts: Buffer[] = [Buffer.from(header, 'latin1')];
  for (let record = 0; record < records; record++) {
    for (const signal of signals) parts.push(encodeRecord(signal.records[record]!, sampleBytes));
  }
  return Uint8Array.from(Buffer.concat(parts));
}

function encodeRecord(record: readonly number[] | string, sampleBytes: number): Buffer {
  if (typeof record === 'string') {
    const bytes = Buffer.alloc(ANNOTATION_BYTES);
    bytes.write(record, 'utf8');
    return bytes;
  }
  const bytes = Buffer.alloc(record.length * sampleBytes);
  for (const [k, value] of record.entries()) {
    bytes.writeIntLE(value, k * sampleBytes, sampleBytes);
  }
  return bytes;
}

/** The list that keeps the time of a data record, and lists after it. */
export function tals(onset: string, ...more: readonly string[]): string {
  return [`${onset}\x14\x14\0`, ...more.map((tal) => `${tal}\0`)].join('');
}
