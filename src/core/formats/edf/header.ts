import { ok, type Err, type Result, type Warning } from '../../../shared/domain';
import type { Told } from '../../../shared/domain/failure';
import { errSaid, toldBy, warningSaid, withDetails } from '../../../shared/domain/said';
import { fieldInteger, fieldNumber, fieldText, unitText } from './fields';

/** Sources: EDF (Kemp 1992) and EDF+ (Kemp, Olivan 2003), edfplus.info/specs; BDF, biosemi.com/faq/file_format.htm. */
export const FIXED_HEADER_BYTES = 256;
const SIGNAL_HEADER_BYTES = 256;
const MAX_SIGNALS = 4096;
const MAX_RECORD_BYTES = 2 ** 31;

export interface EdfSignal {
  readonly label: string;
  readonly transducer: string;
  readonly units: string;
  /** Units per step and value of step 0; null where the file's minima and maxima give no scale. */
  readonly scale: EdfScale | null;
  readonly prefilter: string;
  readonly samplesPerRecord: number;
  readonly byteInRecord: number;
  /** True for a signal that holds annotations instead of samples. */
  readonly annotations: boolean;
}

export interface EdfScale {
  readonly gainAduPerUnit: number;
  readonly baselineAdu: number;
}

export interface EdfHeader {
  /** 2 in EDF, 3 in BDF. */
  readonly sampleBytes: 2 | 3;
  readonly plus: boolean;
  /** `EDF`, `EDF+C`, `EDF+D`, `BDF`, `BDF+C`, `BDF+D`. */
  readonly variant: string;
  readonly patientField: string;
  readonly recordingField: string;
  readonly dateField: string;
  readonly timeField: string;
  readonly headerBytes: number;
  /** As declared; negative or 0 where the writer never said. */
  readonly declaredRecords: number;
  readonly recordDurationS: number;
  readonly recordBytes: number;
  readonly signals: readonly EdfSignal[];
  readonly warnings: readonly Warning[];
}

/** Whether a file begins like EDF or BDF, and names a number of signals where they do. */
export function looksLikeEdf(head: Uint8Array): boolean {
  const version = fieldText(head, 0, 8);
  if (version === '\u00ffBIOSEMI') return true;
  if (version !== '0' || head[0] !== 0x30 || head.length < 8) return false;
  // A table of numbers may begin with a zero and spaces too, but then has lines.
  const fixed = Buffer.from(head.subarray(0, FIXED_HEADER_BYTES)).toString('latin1');
  return head.length < FIXED_HEADER_BYTES
    ? !/[\r\n]/.test(fixed)
    : fieldInteger(fieldText(head, 252, 4)) !== null || !/[\r\n]/.test(fixed);
}

/** Bytes of the whole header, from its first 256. */
export function headerBytesOf(fixed: Uint8Array, fileName: string): Result<number> {
  if (fixed.length < FIXED_HEADER_BYTES) {
    return withDetails(
      errSaid('bad-header', 'files.edfHeaderCut', { file: fileName, bytes: fixed.length }),
      { field: 'header' },
    );
  }
  const text = fieldText(fixed, 252, 4);
  const signals = fieldInteger(text);
  if (signals === null || signals < 1 || signals > MAX_SIGNALS) {
    return bad(
      fileName,
      'number of signals',
      text,
      toldBy('files.notInRange', { from: 1, to: MAX_SIGNALS }),
    );
  }
  return ok(FIXED_HEADER_BYTES + signals * SIGNAL_HEADER_BYTES);
}

/** @param bytes the whole header, as long as `headerBytesOf` says */
export function parseEdfHeader(bytes: Uint8Array, fileName: string): Result<EdfHeader> {
  const sampleBytes = bytes[0] === 0xff ? 3 : 2;
  const warnings: Warning[] = [];
  const declaredText = fieldText(bytes, 236, 8);
  const declaredRecords = fieldInteger(declaredText);
  if (declaredRecords === null) {
    return bad(fileName, 'number of data records', declaredText, toldBy('files.notWhole'));
  }
  const durationText = fieldText(bytes, 244, 8);
  const recordDurationS = fieldNumber(durationText);
  if (recordDurationS === null || recordDurationS < 0) {
    return bad(fileName, 'duration of a data record', durationText, toldBy('files.notSeconds'));
  }
  const headerBytesText = fieldText(bytes, 184, 8);
  if (fieldInteger(headerBytesText) !== bytes.length) {
    warnings.push(
      warningSaid('header-bytes', 'warnings.edfHeaderBytes', {
        file: fileName,
        said: headerBytesText,
        read: bytes.length,
      }),
    );
  }
  const kind = sampleBytes === 3 ? 'BDF' : 'EDF';
  const reserved = fieldText(bytes, 192, 44).toUpperCase();
  const plus = reserved.startsWith(`${kind}+`);
  const signals = parseSignals(bytes, fileName, sampleBytes, plus ? `${kind} ANNOTATIONS` : null);
  if (!signals.ok) return signals;
  const recordBytes = signals.value.reduce((sum, s) => sum + s.samplesPerRecord * sampleBytes, 0);
  if (recordBytes === 0 || recordBytes > MAX_RECORD_BYTES) {
    return withDetails(
      errSaid('bad-header', 'files.edfRecordTooLarge', { file: fileName, bytes: recordBytes }),
      { field: 'samples in a data record' },
    );
  }
  return ok({
    sampleBytes,
    plus,
    variant: plus ? `${kind}+${reserved[4] === 'D' ? 'D' : 'C'}` : kind,
    patientField: fieldText(bytes, 8, 80),
    recordingField: fieldText(bytes, 88, 80),
    dateField: fieldText(bytes, 168, 8),
    timeField: fieldText(bytes, 176, 8),
    headerBytes: bytes.length,
    declaredRecords,
    recordDurationS,
    recordBytes,
    signals: signals.value,
    warnings,
  });
}

/** The signal fields: each field for all signals in turn. */
function parseSignals(
  bytes: Uint8Array,
  fileName: string,
  sampleBytes: number,
  annotationLabel: string | null,
): Result<EdfSignal[]> {
  const count = bytes.length / SIGNAL_HEADER_BYTES - 1;
  const field = (signal: number, before: number, length: number): string =>
    fieldText(bytes, FIXED_HEADER_BYTES + before * count + signal * length, length);
  const signals: EdfSignal[] = [];
  let byteInRecord = 0;
  for (let k = 0; k < count; k++) {
    const label = field(k, 0, 16);
    const samplesText = field(k, 216, 8);
    const samplesPerRecord = fieldInteger(samplesText);
    if (samplesPerRecord === null || samplesPerRecord < 0) {
      const field = 'samples in a data record';
      return withDetails(
        errSaid('bad-header', 'files.fieldOfSignalIs', {
          ...{ file: fileName, field, n: k + 1, label },
          ...{ value: shownText(samplesText), why: toldBy('files.notWhole') },
        }),
        { field },
      );
    }
    signals.push({
      label,
      transducer: field(k, 16, 80),
      units: unitText(field(k, 96, 8)),
      scale: scaleOf([104, 112, 120, 128].map((before) => fieldNumber(field(k, before, 8)))),
      prefilter: field(k, 136, 80),
      samplesPerRecord,
      byteInRecord,
      annotations: annotationLabel !== null && label.toUpperCase() === annotationLabel,
    });
    byteInRecord += samplesPerRecord * sampleBytes;
  }
  return ok(signals);
}

/**
 * value = (d - digital minimum) x (physical range) / (digital range) + physical minimum; a physical minimum above the
 * maximum turns the signal over (EDF specification, note 5).
 */
function scaleOf(limits: readonly (number | null)[]): EdfScale | null {
  const [physicalMin, physicalMax, digitalMin, digitalMax] = limits.map((limit) => limit ?? NaN);
  const gainAduPerUnit = (digitalMax! - digitalMin!) / (physicalMax! - physicalMin!);
  const baselineAdu = digitalMin! - physicalMin! * gainAduPerUnit;
  const usable = Number.isFinite(gainAduPerUnit) && gainAduPerUnit !== 0;
  return usable && Number.isFinite(baselineAdu) ? { gainAduPerUnit, baselineAdu } : null;
}

function bad(file: string, field: string, text: string, why: Told): Err {
  return withDetails(
    errSaid('bad-header', 'files.fieldIs', { file, field, value: shownText(text), why }),
    {
      field,
    },
  );
}

const shownText = (text: string): string => JSON.stringify(text.slice(0, 40));
