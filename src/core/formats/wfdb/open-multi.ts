import path from 'node:path';
import { ok, type Failure, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid, withDetails } from '../../../shared/domain/said';
import type { FilePool } from './file-pool';
import type { Header, SegmentSpec } from './header';
import { LIMITS } from './limits';
import { matchSignals } from './match-signals';
import { multiSource, type RecordSegment, type SegmentChannel } from './multi-source';
import { caseInsensitive, fileBeside } from './names';
import { openSingle, type OpenedSource } from './open-single';
import { readHeader } from './read-header';
import type { RecordSource } from './record-source';

/** Segment headers that are read at the same time. */
const PARALLEL = 16;

/** A segment's own header, and its samples unless it is a layout header. */
interface OpenedSegment {
  readonly header: Header;
  readonly headerPath: string;
  readonly source: RecordSource | null;
  readonly warnings: readonly Warning[];
}

/**
 * Opens all segments of a multi-segment record. With a first segment of length 0 the layout is variable: that
 * segment's header lists every signal, and the others hold some of them, found by description. Otherwise it is
 * fixed: every segment holds the same signals (header(5)).
 */
export async function openMulti(
  header: Header,
  specs: readonly SegmentSpec[],
  headerPath: string,
  pool: FilePool,
): Promise<Result<OpenedSource>> {
  const headerName = path.basename(headerPath);
  const variable = specs[0]?.frames === 0 && specs[0].name !== '~';
  const names = [...new Set(specs.map((spec) => spec.name))].filter((name) => name !== '~');
  const layoutName = variable ? specs[0]!.name : null;

  const opened = new Map<string, OpenedSegment>();
  /** Segments that cannot be read: the recording is shown without them. */
  const unread = new Map<string, Failure>();
  for (let start = 0; start < names.length; start += PARALLEL) {
    const batch = names.slice(start, start + PARALLEL);
    const results = await Promise.all(
      batch.map((name) => openSegment(name, name === layoutName, headerPath, pool)),
    );
    for (const [k, result] of results.entries()) {
      if (result.ok) opened.set(batch[k]!, result.value);
      else if (batch[k] === layoutName) return inHeader(headerName, result.error);
      else unread.set(batch[k]!, result.error);
    }
  }

  const template = layoutName === null ? opened.values().next().value : opened.get(layoutName);
  const samples = [...opened.values()].some(({ source }) => source !== null);
  const first = [...unread.values()][0];
  if (first && !samples) return inHeader(headerName, first);
  if (!template) return errSaid('bad-header', 'files.gapsOnly', { file: headerName });
  const signals = template.header.signals;
  const warnings: Warning[] = [...opened.values()].flatMap((segment) => segment.warnings);
  for (const [name, why] of unread) {
    warnings.push(
      warningSaid('missing-segment', 'warnings.missingSegment', {
        header: headerName,
        name,
        why,
      }),
    );
  }
  warnings.push(...otherSignals(header.declaredSignals, signals.length, headerName));
  const segments: RecordSegment[] = [];
  const matched = new Map<OpenedSegment, readonly (SegmentChannel | null)[]>();
  let startFrame = 0;
  for (const spec of specs.slice(variable ? 1 : 0)) {
    const segment = opened.get(spec.name);
    if (segment && !matched.has(segment)) {
      const match = matchSignals(signals, segment.header.signals, variable, spec.name);
      if (!match.ok) return inHeader(headerName, match.error);
      matched.set(segment, match.value.channels);
      warnings.push(...match.value.warnings);
    }
    if (segment && segment.header.frameRateHz !== header.frameRateHz) {
      return withDetails(
        errSaid('bad-header', 'files.segmentRate', {
          file: headerName,
          segment: spec.name,
          rate: segment.header.frameRateHz,
          own: header.frameRateHz,
        }),
        { field: 'sampling frequency' },
      );
    }
    const source = segment?.source ?? null;
    if (source) warnings.push(...otherLength(spec, source.frames, headerName));
    const channels = segment ? matched.get(segment)! : [];
    segments.push({ startFrame, frames: spec.frames, source, channels });
    startFrame += spec.frames;
  }
  if (startFrame === 0) return errSaid('bad-header', 'files.segmentsEmpty', { file: headerName });
  if (startFrame / header.frameRateHz > LIMITS.durationS) {
    return errSaid('too-large', 'files.samplesOverLimit', {
      file: headerName,
      samples: startFrame,
    });
  }
  if (header.frames !== null && header.frames !== startFrame) {
    warnings.push(
      warningSaid('length', 'warnings.segmentsLength', {
        header: headerName,
        declared: header.frames,
        has: startFrame,
      }),
    );
  }
  return ok({
    source: multiSource(signals, segments),
    warnings,
    headerFiles: [...opened.values()].map((segment) => segment.headerPath),
    startClock: header.startClock ?? opened.get(specs[0]!.name)?.header.startClock ?? null,
  });
}

/** What the record's header and its segments say differently of how many signals there are. */
function otherSignals(declared: number, has: number, header: string): Warning[] {
  if (declared === has) return [];
  return [warningSaid('signals', 'warnings.segmentsSignals', { header, declared, has })];
}

/** What a segment's header and the record's say differently of its length. */
function otherLength(
  { name, frames: wanted }: SegmentSpec,
  frames: number,
  header: string,
): Warning[] {
  if (frames === wanted) return [];
  return frames < wanted
    ? [warningSaid('short-segment', 'warnings.shortFile', { file: name, frames, wanted, header })]
    : [
        warningSaid('long-segment', 'warnings.longSegment', {
          segment: name,
          frames,
          header,
          wanted,
        }),
      ];
}

function inHeader(file: string, why: Failure): Result<never> {
  return errSaid(why.code, 'files.inFile', { file, why });
}

async function openSegment(
  name: string,
  isLayout: boolean,
  recordHeaderPath: string,
  pool: FilePool,
): Promise<Result<OpenedSegment>> {
  const headerPath = fileBeside(recordHeaderPath, `${name}.hea`, 'segment name');
  if (!headerPath.ok) return headerPath;
  const found = await caseInsensitive(headerPath.value);
  const header = await readHeader(found);
  if (!header.ok) return header;
  if (header.value.segments) {
    return withDetails(errSaid('unsupported', 'files.segmentOfSegments', { name }), {
      field: 'segment name',
    });
  }
  const common = { header: header.value, headerPath: found };
  if (isLayout) return ok({ ...common, source: null, warnings: header.value.warnings });
  const opened = await openSingle(header.value, headerPath.value, pool);
  if (!opened.ok) return opened;
  const warnings = [...header.value.warnings, ...opened.value.warnings];
  return ok({ ...common, source: opened.value.source, warnings });
}
