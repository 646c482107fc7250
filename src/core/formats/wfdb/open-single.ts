import path from 'node:path';
import { ok, type Failure, type Result, type Warning } from '../../../shared/domain';
import { errSaid, warningSaid, withDetails } from '../../../shared/domain/said';
import { openBlockFile } from './block-file';
import { openDifferenceFile } from './difference-file';
import type { FilePool } from './file-pool';
import { openFlacFile } from './flac/flac-file';
import { DIFFERENCES, flacBits, sampleFormat } from './formats';
import type { Header } from './header';
import { LIMITS } from './limits';
import { matlabSamplesAt } from './matlab-samples';
import { caseInsensitive, fileBeside, isSameFile } from './names';
import type { RecordSource } from './record-source';
import type { SignalFile } from './signal-file';
import { singleSource, type SignalGroup } from './single-source';
import type { SignalSpec } from './types';

/** The samples behind the header of one segment, and what was odd about them. */
export interface OpenedSource {
  readonly source: RecordSource;
  readonly warnings: readonly Warning[];
  readonly startClock: string | null;
  /** Headers of the record's segments, absolute, each once. */
  readonly headerFiles: readonly string[];
}

/** Opens the signal files of a header that has signal lines. */
export async function openSingle(
  header: Header,
  headerPath: string,
  pool: FilePool,
): Promise<Result<OpenedSource>> {
  const headerName = path.basename(headerPath);
  if (header.signals.length === 0) {
    return errSaid('unsupported', 'failures.noSignals', { name: headerName });
  }
  const withoutFile = header.signals.find((spec) => spec.fileName === '~' || spec.format === 0);
  if (withoutFile) {
    return withDetails(
      errSaid('unsupported', 'files.layoutHeader', { file: headerName, signal: withoutFile.index }),
      { field: 'file name' },
    );
  }

  const warnings: Warning[] = [];
  const groups: SignalGroup[] = [];
  const absent: Failure[] = [];
  for (const [name, signals] of byFileName(header.signals)) {
    const first = signals[0]!;
    if (signals.some((spec) => spec.format !== first.format)) {
      return withDetails(errSaid('bad-header', 'files.mixedFormats', { file: headerName, name }), {
        field: 'format',
      });
    }
    if (signals.some((spec) => spec.byteOffset !== first.byteOffset)) {
      warnings.push(
        warningSaid('byte-offset', 'warnings.byteOffsets', {
          header: headerName,
          file: name,
          offset: first.byteOffset,
        }),
      );
    }
    const file = fileBeside(headerPath, name, 'file name');
    if (!file.ok) return file;
    const found = await caseInsensitive(file.value);
    if (await isSameFile(found, headerPath)) {
      return withDetails(errSaid('bad-header', 'files.namesItself', { file: headerName }), {
        field: 'file name',
      });
    }
    const opened = await openSignalFile(found, signals, headerName, pool, warnings);
    if (opened.ok) groups.push({ file: opened.value, signals });
    else if (opened.error.code === 'not-found') absent.push(opened.error);
    else return opened;
  }
  // Of several files one that is not there leaves the other leads readable.
  if (groups.length === 0) return { ok: false, error: absent[0]! };
  for (const file of absent) {
    warnings.push(warningSaid('missing-file', 'warnings.missingFile', { file }));
  }

  const frames = agreeOnFrames(header, groups, headerName, warnings);
  if (!frames.ok) return frames;
  const source = singleSource(header.signals, groups, frames.value);
  return ok({ source, warnings, startClock: header.startClock, headerFiles: [] });
}

async function openSignalFile(
  file: string,
  signals: readonly SignalSpec[],
  headerName: string,
  pool: FilePool,
  warnings: Warning[],
): Promise<Result<SignalFile>> {
  const first = signals[0]!;
  const frameSamples = signals.reduce((sum, spec) => sum + spec.samplesPerFrame, 0);
  if (frameSamples > LIMITS.frameSamples) {
    return withDetails(
      errSaid('too-large', 'files.frameOverLimit', { where: headerName, n: frameSamples }),
      {
        field: 'samplesPerFrame',
      },
    );
  }
  const size = await pool.size(file);
  if (!size.ok) {
    const needed = { header: headerName, file: path.basename(file), why: size.error };
    return errSaid(size.error.code, 'files.needsFile', needed);
  }
  const matlabAt = await matlabSamplesAt(
    file,
    size.value,
    { headerName, format: first.format },
    pool,
  );
  if (!matlabAt.ok) return matlabAt;
  const byteOffset = matlabAt.value ?? first.byteOffset;
  if (byteOffset !== first.byteOffset) {
    warnings.push(
      warningSaid('byte-offset', 'warnings.byteOffsetMatlab', {
        header: headerName,
        file: path.basename(file),
        at: byteOffset,
        said: first.byteOffset,
      }),
    );
  }
  const layout = {
    path: file,
    sizeBytes: size.value,
    byteOffset,
    samplesPerFrame: signals.map((spec) => spec.samplesPerFrame),
  };
  if (flacBits(first.format) !== null) return openFlacFile(layout, first.format, pool);
  const blocks = openBlockFile(layout, sampleFormat(first.format)!, pool);
  if (first.format !== DIFFERENCES) return ok(blocks);
  const initialValues = signals.map((spec) => spec.initialValueAdu);
  return ok(openDifferenceFile(blocks, layout.samplesPerFrame, initialValues));
}

/** The record's length: as declared, or as the files have it where they hold less or nothing is declared. */
function agreeOnFrames(
  header: Header,
  groups: readonly SignalGroup[],
  headerName: string,
  warnings: Warning[],
): Result<number> {
  const longest = Math.max(...groups.map(({ file }) => file.frames));
  if (longest === 0) {
    return errSaid('bad-signal', 'failures.noSamples', {
      name: path.basename(groups[0]!.file.path),
    });
  }
  const frames = Math.min(header.frames ?? longest, longest);
  if (frames / header.frameRateHz > LIMITS.durationS) {
    return errSaid('too-large', 'files.samplesOverLimit', { file: headerName, samples: frames });
  }
  for (const group of groups) {
    const { file } = group;
    const name = path.basename(file.path);
    const wanted = header.frames ?? longest;
    const extra = header.frames === null ? 0 : framesBeyond(group, header.frames);
    if (file.frames < wanted) {
      warnings.push(
        warningSaid('short-file', 'warnings.shortFile', {
          file: name,
          frames: file.frames,
          wanted,
          header: headerName,
        }),
      );
    } else if (extra > 0) {
      warnings.push(
        warningSaid('long-file', 'warnings.longFile', {
          file: name,
          frames: file.frames,
          header: headerName,
          wanted,
          extra,
        }),
      );
    }
  }
  return ok(frames);
}

/** Frames after those that are declared, which skew moves on; what only fills the last block of a format is none. */
function framesBeyond({ file, signals }: SignalGroup, declared: number): number {
  const skew = Math.max(...signals.map(({ skewFrames }) => skewFrames));
  const extra = file.frames - declared - skew;
  const frameSamples = signals.reduce((sum, spec) => sum + spec.samplesPerFrame, 0);
  const { blockSamples } = sampleFormat(signals[0]!.format) ?? { blockSamples: 1 };
  return extra * frameSamples >= blockSamples ? extra : 0;
}

function byFileName(signals: readonly SignalSpec[]): Map<string, SignalSpec[]> {
  const groups = new Map<string, SignalSpec[]>();
  for (const spec of signals) {
    const group = groups.get(spec.fileName);
    if (group) group.push(spec);
    else groups.set(spec.fileName, [spec]);
  }
  return groups;
}
