import { ok, type Result } from '../../../shared/domain';
import type { FrameColumn } from '../shared/framed-file';
import { UINT8 } from '../shared/integer-codes';
import type { IntegerStore } from '../shared/lead-source';
import type { EdfHeader, EdfSignal } from './header';
import { holdsTimeAlone } from './tal';

/** The bytes of one annotation signal, data record by data record. */
export interface AnnotationRecords {
  /** Those that hold more than the time of their record: of a day's hundred thousands hardly any does. */
  telling(): AsyncIterable<Result<Uint8Array>>;
}

const BATCH_BYTES = 2 ** 18;

/** @param open opens a column of the file's data records */
export function annotationRecords(
  header: Pick<EdfHeader, 'sampleBytes'>,
  signal: EdfSignal,
  records: number,
  open: (column: FrameColumn) => IntegerStore,
): AnnotationRecords {
  const recordBytes = signal.samplesPerRecord * header.sampleBytes;
  const column = { byteInFrame: signal.byteInRecord, samplesPerFrame: recordBytes, code: UINT8 };
  const store = open(column);
  const batchRecords = Math.max(1, Math.floor(BATCH_BYTES / Math.max(1, recordBytes)));

  async function read(from: number, to: number): Promise<Result<Uint8Array>> {
    if (recordBytes === 0) return ok(new Uint8Array(0));
    const bytes = new Int32Array((to - from) * recordBytes);
    const done = await store.read(from * recordBytes, to * recordBytes, bytes, 0);
    return done.ok ? ok(new Uint8Array(bytes)) : done;
  }

  return {
    async *telling() {
      for (let from = 0; from < records; from += batchRecords) {
        const to = Math.min(records, from + batchRecords);
        const bytes = await read(from, to);
        if (!bytes.ok) {
          yield bytes;
          return;
        }
        for (let at = 0; at < bytes.value.length; at += recordBytes) {
          const record = bytes.value.subarray(at, at + recordBytes);
          if (!holdsTimeAlone(record)) yield ok(record);
        }
      }
    },
  };
}
