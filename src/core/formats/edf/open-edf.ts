import path from 'node:path';
import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid, withDetails } from '../../../shared/domain/said';
import type { FilePool } from '../wfdb/file-pool';
import type { OpenOptions } from '../format';
import type { OpenRecording } from '../open-recording';
import { clockWarnings } from '../shared/clock';
import { createRecording } from '../shared/create-recording';
import { framedFile, type ByteSource } from '../shared/framed-file';
import { withFilePool } from '../shared/with-file-pool';
import { annotationRecords } from './annotation-records';
import { EDF_ANNOTATOR, readEdfAnnotations } from './annotations';
import { FIXED_HEADER_BYTES, headerBytesOf, parseEdfHeader, type EdfHeader } from './header';
import {
  edfPatient,
  edfStartClock,
  edfStatedStart,
  patientComments,
  recordingComments,
} from './identity';
import { edfLeads, leadComments, leadWarnings, recordDuration } from './leads';
import { recordOnsets } from './record-onsets';
import { recordTimeline, unbrokenTimeline, type Timeline } from './timeline';

/** Opens EDF, EDF+C, EDF+D, BDF and BDF+ for windowed reading. */
export const openEdf = withFilePool(openWith);

async function openWith(
  pool: FilePool,
  file: string,
  options: OpenOptions,
): Promise<Result<OpenRecording>> {
  const fileName = path.basename(file);
  const size = await pool.size(file);
  if (!size.ok) return size;
  const parsed = await readHeader(pool, file, size.value);
  if (!parsed.ok) return parsed;
  const header = parsed.value;
  const counted = countRecords(header, fileName, size.value);
  if (!counted.ok) return counted;
  const { records, warning } = counted.value;

  const bytes = { read: (position: number, length: number) => pool.read(file, position, length) };
  const { headerBytes: byteOffset, recordBytes: frameBytes } = header;
  const open = framedFile(bytes, { byteOffset, frameBytes, frames: records });
  const recordDurationS = recordDuration(header, fileName, options);
  if (!recordDurationS.ok) return recordDurationS;
  const timeline = await timelineOf(header, fileName, records, recordDurationS.value, bytes);
  if (!timeline.ok) return timeline;
  const { firstOnsetS, durationS, gaps } = timeline.value;

  const startClock = edfStartClock(header, firstOnsetS);
  const annotationSignals = header.signals.filter(({ annotations }) => annotations);
  const readAnnotations = () => {
    const sources = annotationSignals.map((s) => annotationRecords(header, s, records, open));
    return readEdfAnnotations(file, sources, firstOnsetS);
  };
  return ok(
    createRecording(
      {
        format: 'edf',
        formatTitle: header.variant,
        name: path.basename(file, path.extname(file)),
        path: file,
        files: [file],
        durationS,
        startClock,
        comments: [
          ...patientComments(header),
          ...recordingComments(header),
          ...leadComments(header),
        ],
        patient: edfPatient(header, startClock),
        warnings: [
          ...header.warnings,
          ...(warning ? [warning] : []),
          ...clockWarnings(fileName, startClock, edfStatedStart(header)),
          ...leadWarnings(header, fileName),
          ...timeline.value.warnings,
        ],
        gaps,
        measurements: [],
        storedBeats: [],
        annotationsAmongSamples: true,
        annotationSources: new Map(
          annotationSignals.length > 0 ? [[EDF_ANNOTATOR, readAnnotations]] : [],
        ),
        close: () => pool.close(),
      },
      edfLeads(header, recordDurationS.value, timeline.value, options, open),
    ),
  );
}

async function readHeader(pool: FilePool, file: string, size: number): Promise<Result<EdfHeader>> {
  const fileName = path.basename(file);
  const fixed = await pool.read(file, 0, Math.min(size, FIXED_HEADER_BYTES));
  if (!fixed.ok) return fixed;
  const length = headerBytesOf(fixed.value, fileName);
  if (!length.ok) return length;
  if (length.value > size) {
    return withDetails(
      errSaid('bad-header', 'files.edfHeaderTooLong', {
        file: fileName,
        wanted: length.value,
        size,
      }),
      { field: 'number of signals' },
    );
  }
  const bytes = await pool.read(file, 0, length.value);
  return bytes.ok ? parseEdfHeader(bytes.value, fileName) : bytes;
}

/** The complete data records of a file, and what to say where they are not as many as declared. */
function countRecords(
  header: EdfHeader,
  fileName: string,
  size: number,
): Result<{ records: number; warning: Warning | null }> {
  const { declaredRecords: declared, recordBytes, headerBytes } = header;
  const complete = Math.floor((size - headerBytes) / recordBytes);
  if (complete === 0) {
    return withDetails(
      errSaid('bad-signal', 'files.edfNoRecord', {
        file: fileName,
        bytes: recordBytes,
        rest: size - headerBytes,
      }),
      { field: 'number of data records' },
    );
  }
  const records = declared > 0 ? Math.min(declared, complete) : complete;
  const spare = size - headerBytes - records * recordBytes;
  if (declared > 0 && complete >= declared && spare === 0) return ok({ records, warning: null });
  const warning =
    declared > 0 && complete >= declared
      ? warningSaid('record-count', 'warnings.edfSpareBytes', { file: fileName, spare, declared })
      : warningSaid('record-count', 'warnings.edfFewRecords', {
          file: fileName,
          declared,
          complete,
        });
  return ok({ records, warning });
}

/** Where the data records lie in time: by their onsets in EDF+, one after the other in plain EDF. */
async function timelineOf(
  header: EdfHeader,
  fileName: string,
  records: number,
  recordDurationS: number,
  source: ByteSource,
): Promise<Result<Timeline>> {
  const keeper = header.signals.find(({ annotations }) => annotations);
  if (!keeper || recordDurationS === 0) {
    const unbroken = unbrokenTimeline(records, recordDurationS);
    if (keeper || !header.variant.endsWith('D')) return ok(unbroken);
    const said = { file: fileName, variant: header.variant };
    return ok({ ...unbroken, warnings: [warningSaid('no-onsets', 'warnings.noOnsets', said)] });
  }
  const fastest = Math.max(
    1,
    ...header.signals.filter((s) => !s.annotations).map((s) => s.samplesPerRecord),
  );
  const halfSampleS = recordDurationS / fastest / 2;
  const discontinuous = header.variant.endsWith('D');
  const timeline = await recordTimeline({
    fileName,
    records,
    recordDurationS,
    // Writers of EDF+C round onsets as they like, as nobody reads them.
    toleranceS: discontinuous ? halfSampleS : Math.max(halfSampleS, 0.01),
    ...recordOnsets(header, keeper, records, source, discontinuous),
  });
  if (!timeline.ok || discontinuous || timeline.value.gaps.length === 0) return timeline;
  const warning: Warning = warningSaid('record-gaps', 'warnings.recordGaps', {
    file: fileName,
    variant: header.variant,
    n: timeline.value.gaps.length,
  });
  return ok({ ...timeline.value, warnings: [...timeline.value.warnings, warning] });
}
