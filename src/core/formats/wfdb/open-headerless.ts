import path from 'node:path';
import { err, ok, type Result } from '../../../shared/domain';
import { createFilePool } from './file-pool';
import { isKnownFormat } from './formats';
import type { Header } from './header';
import { LIMITS } from './limits';
import { openSingle } from './open-single';
import { createReader } from './reader';
import type { RecordReader, SignalSpec } from './types';

/** What a header would say of a signal file that has none. */
export interface HeaderlessOptions {
  readonly format: number;
  /** Number of interleaved signals. */
  readonly signals: number;
  /** Samples per second of each signal. */
  readonly fs: number;
  /** ADU per mV. */
  readonly gain: number;
  /** Sample value at 0 mV. */
  readonly baseline: number;
}

/** How the MIT-BIH Arrhythmia Database stores its records. */
export const MITBIH_LAYOUT: HeaderlessOptions = {
  format: 212,
  signals: 2,
  fs: 360,
  gain: 200,
  baseline: 1024,
};

/**
 * Opens a signal file without a header, with the layout that the caller states.
 * @returns the same reader as openRecord, its `headerPath` being the signal file; `bad-input` naming the option
 */
export async function openHeaderless(
  signalPath: string,
  options: HeaderlessOptions,
): Promise<Result<RecordReader>> {
  const file = path.resolve(signalPath);
  const wrong = wrongOption(options);
  if (wrong)
    return err('bad-input', `The option ${wrong} of ${path.basename(file)} is out of range.`, {
      field: wrong,
    });

  const name = path.basename(file, path.extname(file));
  const header: Header = {
    name,
    declaredSignals: options.signals,
    frameRateHz: options.fs,
    counterRateHz: options.fs,
    baseCounter: 0,
    frames: null,
    startClock: null,
    signals: Array.from({ length: options.signals }, (_, index) =>
      signalSpec(index, file, options),
    ),
    segments: null,
    comments: [],
    warnings: [],
  };
  const pool = createFilePool();
  const opened = await openSingle(header, file, pool);
  if (!opened.ok) {
    await pool.close();
    return opened;
  }
  const facts = {
    name,
    headerPath: file,
    frameRateHz: options.fs,
    startClock: null,
    comments: [],
    warnings: opened.value.warnings,
    headerFiles: [],
  };
  return ok(createReader(facts, opened.value.source, pool));
}

function wrongOption(options: HeaderlessOptions): keyof HeaderlessOptions | null {
  const { format, signals, fs, gain, baseline } = options;
  if (format === 0 || !isKnownFormat(format)) return 'format';
  if (!Number.isInteger(signals) || signals < 1 || signals > LIMITS.signals) return 'signals';
  if (!(fs > 0 && fs <= LIMITS.frameRateHz)) return 'fs';
  if (!Number.isFinite(gain) || gain === 0) return 'gain';
  if (!Number.isFinite(baseline)) return 'baseline';
  return null;
}

function signalSpec(index: number, file: string, options: HeaderlessOptions): SignalSpec {
  return {
    index,
    fileName: path.basename(file),
    format: options.format,
    samplesPerFrame: 1,
    skewFrames: 0,
    byteOffset: 0,
    gainAduPerUnit: options.gain,
    gainAssumed: false,
    baselineAdu: options.baseline,
    units: 'mV',
    adcResolutionBits: 0,
    adcZeroAdu: options.baseline,
    initialValueAdu: 0,
    checksum: null,
    blockSizeBytes: 0,
    description: '',
  };
}
