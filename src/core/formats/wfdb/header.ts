import { ok, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid, withDetails } from '../../../shared/domain/said';
import { headerClock } from './clock';
import { decimal } from './decimal';
import { splitHeader } from './header-text';
import { LIMITS } from './limits';
import { parseSignalLine } from './signal-line';
import type { SignalSpec } from './types';

/** One segment line: `name` is `~` where the recording has a gap. */
export interface SegmentSpec {
  readonly name: string;
  readonly frames: number;
}

/** A parsed header. Exactly one of `signals` and `segments` is filled. */
export interface Header {
  readonly name: string;
  readonly declaredSignals: number;
  readonly frameRateHz: number;
  readonly counterRateHz: number;
  readonly baseCounter: number;
  /** Length in frames, or null when the header leaves it to the signal files. */
  readonly frames: number | null;
  readonly startClock: string | null;
  readonly signals: readonly SignalSpec[];
  /** Null for a record of one segment. */
  readonly segments: readonly SegmentSpec[] | null;
  readonly comments: readonly string[];
  readonly warnings: readonly Warning[];
}

/** Frame rate where the header gives none (header(5)). */
const DEFAULT_RATE_HZ = 250;

/**
 * Parses a header file: record line, then signal or segment lines; see header(5) of the WFDB Applications
 * Guide (https://physionet.org/physiotools/wag/header-5.htm).
 * @param fileName name for messages
 * @returns the header, or `not-wfdb`, `bad-header`, `unsupported` or `too-large` naming file and field
 */
export function parseHeader(bytes: Uint8Array, fileName: string): Result<Header> {
  const text = splitHeader(bytes);
  const recordLine = text?.lines[0];
  if (!text || recordLine === undefined) {
    return errSaid('not-wfdb', bytes.length === 0 ? 'files.empty' : 'files.noWfdbHeader', {
      file: fileName,
    });
  }
  const record = parseRecordLine(recordLine, fileName, text.lines.length - 1);
  if (!record.ok) return record;
  const { declaredSegments, ...common } = record.value;
  const lines = text.lines.slice(1);
  const warnings = [...record.value.warnings];

  const wanted = declaredSegments ?? common.declaredSignals;
  const kind = declaredSegments === null ? 'signal' : 'segment';
  if (lines.length < wanted) {
    const said = kind === 'signal' ? 'files.fewSignalLines' : 'files.fewSegmentLines';
    return withDetails(
      errSaid('bad-header', said, { file: fileName, wanted, lines: lines.length }),
      { field: `${kind} lines` },
    );
  }
  if (lines.length > wanted) {
    const key = kind === 'signal' ? 'warnings.extraSignalLines' : 'warnings.extraSegmentLines';
    const counts = { file: fileName, lines: lines.length, wanted };
    warnings.push(warningSaid('extra-lines', key, counts));
  }

  const signals: SignalSpec[] = [];
  const segments: SegmentSpec[] = [];
  for (let index = 0; index < wanted; index++) {
    if (declaredSegments === null) {
      const signal = parseSignalLine(lines[index]!, index, fileName);
      if (!signal.ok) return signal;
      signals.push(signal.value);
    } else {
      const segment = parseSegmentLine(lines[index]!, index, fileName);
      if (!segment.ok) return segment;
      segments.push(segment.value);
    }
  }
  return ok({
    ...common,
    signals,
    segments: declaredSegments === null ? null : segments,
    comments: text.comments,
    warnings,
  });
}

type RecordLine = Omit<Header, 'signals' | 'segments' | 'comments'> & {
  readonly declaredSegments: number | null;
};

// `NAME/SEGMENTS SIGNALS RATE/COUNTER_RATE(BASE_COUNTER) FRAMES TIME DATE`
function parseRecordLine(line: string, fileName: string, linesAfter: number): Result<RecordLine> {
  const [nameText = '', signalsText, rateText, framesText, ...clockWords] = line.split(/\s+/);
  const bad = (field: string, text: string): Result<never> =>
    withDetails(
      errSaid('bad-header', 'files.notUnderstood', {
        where: fileName,
        field,
        value: JSON.stringify(text.slice(0, 40)),
      }),
      {
        field,
      },
    );
  const tooLarge = (field: string, value: number): Result<never> =>
    withDetails(errSaid('too-large', 'files.overLimit', { where: fileName, field, value }), {
      field,
    });

  const name = recordName(nameText, linesAfter);
  if (name === null || signalsText === undefined || !/^\d+$/.test(signalsText)) {
    return errSaid('not-wfdb', 'failures.noHeader', { name: fileName });
  }
  const declaredSignals = Number(signalsText);
  if (declaredSignals > LIMITS.signals) return tooLarge('number of signals', declaredSignals);
  const declaredSegments = name.segments;
  if (declaredSegments === 0) return bad('number of segments', nameText);
  if (declaredSegments !== null && declaredSegments > LIMITS.segments) {
    return tooLarge('number of segments', declaredSegments);
  }

  const rate = /^([^/(]+)(?:\/([^(]+))?(?:\(([^)]*)\))?$/.exec(rateText ?? String(DEFAULT_RATE_HZ));
  const frameRateHz = decimal(rate?.[1]);
  if (frameRateHz === null || frameRateHz <= 0) return bad('sampling frequency', rateText ?? '');
  if (frameRateHz > LIMITS.frameRateHz) return tooLarge('sampling frequency', frameRateHz);
  const counterRateHz = rate?.[2] === undefined ? frameRateHz : decimal(rate[2]);
  if (counterRateHz === null) return bad('counter frequency', rateText ?? '');

  if (framesText !== undefined && !/^\d+$/.test(framesText))
    return bad('number of samples', framesText);
  // header(5): a length of zero means that it is not stated.
  const frames = framesText === undefined ? null : Number(framesText);
  if (frames !== null && frames / frameRateHz > LIMITS.durationS)
    return tooLarge('number of samples', frames);

  const { startClock, leftOut } = headerClock(clockWords);
  const warnings: Warning[] = [];
  if (leftOut !== null) {
    warnings.push(
      warningSaid('bad-clock', 'warnings.badClock', {
        file: fileName,
        text: JSON.stringify(leftOut.slice(0, 40)),
      }),
    );
  }
  if (name.folder !== null) {
    warnings.push(
      warningSaid('record-name', 'warnings.recordFolder', {
        file: fileName,
        folder: JSON.stringify(name.folder.slice(0, 80)),
      }),
    );
  }
  return ok({
    name: name.name,
    declaredSegments,
    declaredSignals,
    frameRateHz,
    counterRateHz: counterRateHz > 0 ? counterRateHz : frameRateHz,
    baseCounter: decimal(rate?.[3]) ?? 0,
    frames: frames === 0 ? null : frames,
    startClock,
    warnings,
  });
}

/** What the first word of a record line names. */
interface RecordName {
  readonly name: string;
  readonly segments: number | null;
  /** A folder before the name, as some exporters write it; header(5) knows none. */
  readonly folder: string | null;
}

/**
 * `NAME`, `NAME/SEGMENTS`, or `FOLDER/NAME` of exporters that write a path. Digits behind the stroke are a number of
 * segments only where as many lines follow; `db/100` with two signal lines is record 100.
 */
function recordName(text: string, linesAfter: number): RecordName | null {
  const parts = text.split('/');
  const last = parts.at(-1)!;
  if (parts.some((part) => part === '' || part === '..') || text.includes('\\')) return null;
  if (parts.length === 1) return { name: text, segments: null, folder: null };
  const isCount =
    /^\d+$/.test(last) && (parts.length > 2 || Number(last) <= linesAfter || linesAfter === 0);
  if (!isCount) return { name: last, segments: null, folder: parts.slice(0, -1).join('/') };
  const folder = parts.slice(0, -2).join('/');
  return { name: parts.at(-2)!, segments: Number(last), folder: folder === '' ? null : folder };
}

function parseSegmentLine(line: string, index: number, fileName: string): Result<SegmentSpec> {
  const match = /^(\S+)\s+(\d+)$/.exec(line);
  const frames = Number(match?.[2]);
  if (!match || !Number.isSafeInteger(frames)) {
    return withDetails(
      errSaid('bad-header', 'files.noSegmentLine', {
        file: fileName,
        index,
        line: JSON.stringify(line.slice(0, 60)),
      }),
      { field: 'segment lines' },
    );
  }
  return ok({ name: match[1]!, frames });
}
