import { ok, type Result } from '../../../shared/domain';
import type { Told } from '../../../shared/domain/failure';
import { errSaid, toldBy, withDetails } from '../../../shared/domain/said';
import { decimal } from './decimal';
import { isKnownFormat } from './formats';
import { LIMITS } from './limits';
import type { SignalSpec } from './types';

// `FORMATxSAMPLES_PER_FRAME:SKEW+BYTE_OFFSET`, header(5).
const STORAGE = /^(\d+)(?:x(\d+))?(?::(\d+))?(?:\+(\d+))?$/;
// `GAIN(BASELINE)/UNITS`, header(5).
const GAIN = /^([^(/]*)(?:\(([^)]*)\))?(?:\/(.*))?$/;

/** WFDB's gain where the header gives none or zero, in ADU per mV (header(5)). */
export const DEFAULT_GAIN = 200;

/**
 * Parses one signal line of a header.
 * @param headerName file name of the header, for messages
 * @returns the signal, or `bad-header`, `unsupported` or `too-large` naming the field
 */
export function parseSignalLine(
  line: string,
  index: number,
  headerName: string,
): Result<SignalSpec> {
  const where = toldBy('files.signalOf', { file: headerName, n: index });
  const [fileName = '', storage = '', gainText, ...rest] = line.split(/\s+/, 8);
  const match = STORAGE.exec(storage);
  if (!match) return bad(where, 'format', storage);
  const [format, samplesPerFrame, skewFrames, byteOffset] = [
    Number(match[1]),
    Number(match[2] ?? 1) || 1,
    Number(match[3] ?? 0),
    Number(match[4] ?? 0),
  ];
  if (!isKnownFormat(format)) {
    return withDetails(errSaid('unsupported', 'files.formatUnknown', { where, format }), {
      field: 'format',
    });
  }
  if (samplesPerFrame > LIMITS.samplesPerFrame) {
    return withDetails(
      errSaid('too-large', 'files.frameOverLimit', { where, n: samplesPerFrame }),
      {
        field: 'samplesPerFrame',
      },
    );
  }
  if (skewFrames > LIMITS.skewFrames || !Number.isSafeInteger(byteOffset)) {
    return withDetails(errSaid('too-large', 'files.skewOverLimit', { where }), {
      field: 'format',
    });
  }

  const gain = parseGain(gainText, where);
  if (!gain.ok) return gain;

  const names = ['ADC resolution', 'ADC zero', 'initial value', 'checksum', 'block size'];
  const numbers: (number | null)[] = [];
  for (const [position, name] of names.entries()) {
    const text = rest[position];
    if (text !== undefined && !/^[-+]?\d+$/.test(text)) return bad(where, name, text);
    numbers.push(text === undefined ? null : Number(text));
  }
  const adcZeroAdu = int32(numbers[1] ?? 0);
  return ok({
    index,
    fileName,
    format,
    samplesPerFrame,
    skewFrames,
    byteOffset,
    gainAduPerUnit: gain.value.gain,
    gainAssumed: gain.value.assumed,
    // header(5): a baseline that is not given equals the ADC zero.
    baselineAdu: gain.value.baseline ?? adcZeroAdu,
    units: gain.value.units,
    adcResolutionBits: Math.abs(int32(numbers[0] ?? 0)),
    adcZeroAdu,
    initialValueAdu: int32(numbers[2] ?? adcZeroAdu),
    checksum: numbers[3] ?? null,
    blockSizeBytes: int32(numbers[4] ?? 0),
    description: /^(?:\S+\s+){8}(.*)$/.exec(line)?.[1]?.trim() ?? '',
  });
}

interface Gain {
  readonly gain: number;
  readonly assumed: boolean;
  readonly baseline: number | null;
  readonly units: string;
}

function parseGain(text: string | undefined, where: Told): Result<Gain> {
  if (text === undefined) {
    return ok({ gain: DEFAULT_GAIN, assumed: true, baseline: null, units: 'mV' });
  }
  const match = GAIN.exec(text);
  const gain = decimal(match?.[1]);
  const size = Math.abs(gain ?? NaN);
  // Outside these bounds no amplitude makes sense, and a sample divided by the gain may be infinite.
  if (!match || gain === null || (gain !== 0 && !(size >= 1e-30 && size <= 1e30))) {
    return bad(where, 'gain', text);
  }
  const baseline = decimal(match[2]);
  if (match[2] !== undefined && baseline === null) {
    return bad(where, 'baseline', text);
  }
  return ok({
    gain: gain === 0 ? DEFAULT_GAIN : gain,
    assumed: gain === 0,
    baseline,
    units: match[3] || 'mV',
  });
}

function int32(value: number): number {
  return Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, value));
}

function bad(where: Told, field: string, text: string): Result<never> {
  const shown = JSON.stringify(text.slice(0, 40));
  return withDetails(errSaid('bad-header', 'files.notUnderstood', { where, field, value: shown }), {
    field,
  });
}
