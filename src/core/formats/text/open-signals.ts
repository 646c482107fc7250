import { clockText } from '../shared/clock';
import type { HeadLine } from './head-lines';
import { cellsOf } from './head-table';
import type { TableLayout, TableLead } from './layout';
import { counterOf } from './openbci';

const NOTATION = { delimiter: 0x09, decimal: 0x2e };

/** A device in the JSON line of an OpenSignals file, as far as it is used. */
interface Device {
  readonly sensor?: readonly string[];
  readonly label?: readonly string[];
  readonly column?: readonly string[];
  readonly resolution?: readonly number[];
  readonly 'sampling rate'?: number;
  readonly date?: string;
  readonly time?: string;
  readonly device?: string;
}

/**
 * Transfer functions of PLUX's ECG sensors: (adc / 2^n - 0.5) x supply / gain, in mV (data sheets of the BITalino and
 * the biosignalsplux ECG sensor).
 */
const SENSORS = new Map<string, { supplyMv: number; gain: number }>(
  Object.entries({
    ECGBIT: { supplyMv: 3300, gain: 1100 },
    ECG: { supplyMv: 3000, gain: 1000 },
  }),
);

/** Text of OpenSignals: a JSON line that names each column's sensor, then the converter's counts. */
export function openSignals(lines: readonly HeadLine[]): TableLayout | null {
  if (!/^# OpenSignals Text File Format/.test(lines[0]?.text ?? '')) return null;
  const devices = devicesOf(lines[1]?.text ?? '');
  const first = lines.findIndex(({ text }) => /^\d/.test(text));
  const device = devices[0];
  const rate = device?.['sampling rate'];
  if (!device || first < 0 || !(typeof rate === 'number' && rate > 0)) return null;
  let before = 0;
  const all = devices.flatMap((one) => {
    const leads = leadsOf(one, before);
    before += one.column?.length ?? 0;
    return leads;
  });
  const ecg = all.filter(({ units }) => units !== '');
  if (all.length === 0) return null;
  const rows = lines.slice(first).map(({ text }) => cellsOf(text, NOTATION));
  return {
    ...NOTATION,
    title: `OpenSignals text${device.device ? ` (${device.device})` : ''}`,
    firstRowByte: lines[first]!.byte,
    leads: ecg.length > 0 ? ecg : all,
    clock: null,
    counter: device.column?.[0] === 'nSeq' ? counterOf(rows.map((row) => Number(row[0]))) : null,
    samplingRateHz: rate,
    startClock: startOf(device),
  };
}

function devicesOf(line: string): readonly Device[] {
  try {
    const parsed: unknown = JSON.parse(line.replace(/^#\s*/, ''));
    return parsed !== null && typeof parsed === 'object'
      ? Object.values(parsed).filter(
          (value): value is Device => value !== null && typeof value === 'object',
        )
      : [];
  } catch {
    return [];
  }
}

/** Analog channels; those of an ECG sensor in mV, others without a scale. */
function leadsOf(
  { sensor = [], label = [], column = [], resolution = [] }: Device,
  before: number,
): TableLead[] {
  if (![sensor, label, column, resolution].every(Array.isArray)) return [];
  return label.flatMap((name, k) => {
    const at = column.indexOf(name);
    if (at < 0 || typeof name !== 'string') return [];
    const known = SENSORS.get(sensor[k] ?? '');
    const bits = bitsOf(resolutionOf(resolution, at, k, column.length));
    const levels = 2 ** bits;
    return {
      column: before + at,
      name: [name, sensor[k]].filter(Boolean).join(' '),
      units: known ? 'mV' : '',
      gainAduPerUnit: known ? (levels * known.gain) / known.supplyMv : null,
      baselineAdu: known ? levels / 2 : 0,
      adcResolutionBits: bits,
    };
  });
}

/** Of a column: BITalino's files name one for each, biosignalsplux's one for each channel, or one for all of them. */
function resolutionOf(all: readonly number[], column: number, channel: number, columns: number) {
  return all.length === columns ? all[column] : (all[channel] ?? all[0]);
}

/** BITalino's and biosignalsplux's converters have 4 to 16 bits. */
function bitsOf(resolution: unknown): number {
  const isBits = typeof resolution === 'number' && resolution >= 1 && resolution <= 32;
  return isBits && Number.isInteger(resolution) ? resolution : 10;
}

/** Dates are written without leading zeros. */
function startOf({ date, time }: Device): string | null {
  const day = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(String(date))?.slice(1).map(Number);
  const clock = /^(\d{1,2}):(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/
    .exec(String(time))
    ?.slice(1)
    .map(Number);
  if (!day || !clock) return null;
  return clockText({
    year: day[0]!,
    month: day[1]!,
    day: day[2]!,
    hour: clock[0]!,
    minute: clock[1]!,
    second: clock[2]!,
  });
}
