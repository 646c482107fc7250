import type { Patient } from '../../../shared/domain';
import { ageOn } from '../shared/age-on';
import {
  dayText,
  startClockText,
  type Day,
  type StatedStart,
  type TimeOfDay,
} from '../shared/clock';

/**
 * The fixed header of the ISHNE Holter standard output file format, which annotation files share (Badilini, Ann
 * Noninvasive Electrocardiol 1998;3:263-266). All integers are little endian; -9 stands for "not known".
 */
export const FIXED_HEADER_BYTES = 522;
export const MAX_LEADS = 12;
export const ECG_MAGIC = 'ISHNE1.0';
export const ANNOTATION_MAGIC = 'ANN  1.0';

/** Names by lead code (table 1 of the paper); 17 to 19 are electrodes of the EASI system. */
const LEAD_NAMES = 'unknown,bipolar,X,Y,Z,I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6,ES,AS,AI'.split(
  ',',
);

const PACEMAKERS = [
  null,
  'of unknown type',
  'single chamber, unipolar',
  'dual chamber, unipolar',
  'single chamber, bipolar',
  'dual chamber, bipolar',
];

export interface IshneLead {
  readonly name: string;
  /** Null where the file does not say. */
  readonly resolutionNv: number | null;
}

export interface IshneHeader {
  readonly magic: string;
  /** Over the header from byte 10 to the samples; 0 where the writer did not compute it. */
  readonly checksum: number;
  readonly variableBytes: number;
  /** Samples a lead for some writers, samples of all leads for others. */
  readonly sizeField: number;
  readonly variableOffset: number;
  readonly ecgOffset: number;
  readonly leadCount: number;
  readonly leads: readonly IshneLead[];
  /** 0 or less where the file does not say. */
  readonly samplingRateHz: number;
  readonly startClock: string | null;
  readonly statedStart: StatedStart;
  readonly patient: Patient;
  readonly comments: readonly string[];
}

/** The magic of an ISHNE recording or annotation file, or null for any other file. */
export function ishneMagic(head: Uint8Array): string | null {
  const magic = Buffer.from(head.subarray(0, 8)).toString('latin1');
  return magic === ECG_MAGIC || magic === ANNOTATION_MAGIC ? magic : null;
}

/** @param bytes the first 522 bytes */
export function parseIshneHeader(bytes: Uint8Array): IshneHeader {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const int16 = (at: number): number => view.readInt16LE(at);
  const leadCount = int16(156);
  const leads = Array.from({ length: Math.max(0, Math.min(MAX_LEADS, leadCount)) }, (_, k) => {
    const nanovolts = int16(206 + 2 * k);
    return {
      name: LEAD_NAMES[int16(158 + 2 * k)] ?? 'unknown',
      resolutionNv: nanovolts > 0 ? nanovolts : null,
    };
  });
  const time = { hour: int16(150), minute: int16(152), second: int16(154) };
  const startClock = startClockText(dayAt(view, 138), time);
  const born = dayAt(view, 132);
  const birthDate = dayText(born.year, born.month, born.day);
  const name = [text(view, 28, 40), text(view, 68, 40)].filter((part) => part !== '').join(' ');
  const sex = int16(128);
  const recorder = text(view, 232, 40);
  const pacemaker = PACEMAKERS[int16(230)] ?? null;
  return {
    magic: view.toString('latin1', 0, 8),
    checksum: view.readUInt16LE(8),
    variableBytes: view.readInt32LE(10),
    sizeField: view.readInt32LE(14),
    variableOffset: view.readInt32LE(18),
    ecgOffset: view.readInt32LE(22),
    leadCount,
    leads,
    samplingRateHz: int16(272),
    startClock,
    statedStart: { date: statedDay(dayAt(view, 138)), time: statedTime(time) },
    patient: {
      name: name || null,
      id: text(view, 108, 20) || null,
      birthDate,
      ageYears: ageOn(birthDate, startClock),
      sex: sex === 1 ? 'M' : sex === 2 ? 'F' : null,
    },
    comments: [
      ...(recorder ? [`Recorder: ${recorder}`] : []),
      ...(pacemaker ? [`Pacemaker: ${pacemaker}`] : []),
      ...[text(view, 274, 80), text(view, 354, 80)].filter((comment) => comment !== ''),
    ],
  };
}

/** A part below 0 is one that is not known; a day of noughts is none. */
const statedDay = ({ day, month, year }: Day): string =>
  Math.max(day, month, year) > 0 ? [day, month, year].join('.') : '';
const statedTime = ({ hour, minute, second }: TimeOfDay): string =>
  Math.min(hour, minute, second) >= 0 ? [hour, minute, second].join(':') : '';

/** Day, month and year as three int16. */
function dayAt(view: Buffer, at: number): Day {
  return {
    day: view.readInt16LE(at),
    month: view.readInt16LE(at + 2),
    year: view.readInt16LE(at + 4),
  };
}

/** Text up to the first zero byte. */
export function text(view: Buffer, at: number, length: number): string {
  const field = view.toString('latin1', at, at + length);
  return field.split('\0', 1)[0]!.trim();
}
