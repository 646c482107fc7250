import { randomUUID } from 'node:crypto';
import type { OpenRecording } from '../open-recording';
import type { NewElement } from './encode-data-set';

/** Root of identifiers made of random numbers (PS3.5, annex B.2). */
const UUID_ROOT = '2.25';
/** What wrote the file: one number for all of Fiducial's. */
const IMPLEMENTATION_UID = '2.25.302130291264812375201928374650912837465';
const EXPLICIT_LITTLE_ENDIAN_UID = '1.2.840.10008.1.2.1';

export function newUid(): string {
  return `${UUID_ROOT}.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
}

/** A number as a decimal string, which has 16 characters. */
export function decimalString(value: number): string {
  for (let digits = 15; digits > 0; digits--) {
    const text = String(Number(value.toPrecision(digits)));
    if (text.length <= 16) return text;
  }
  return '0';
}

/** A coded entry as a sequence of one item. */
export function codeSequence(
  tag: number,
  value: string,
  scheme: string,
  meaning: string,
): NewElement {
  const item: NewElement[] = [
    { tag: 0x00080100, vr: 'SH', value: value.slice(0, 16) },
    { tag: 0x00080102, vr: 'SH', value: scheme },
    { tag: 0x00080104, vr: 'LO', value: plain(meaning) },
  ];
  return { tag, vr: 'SQ', value: [item] };
}

/** File meta information of a new file. */
export function newMeta(sopClass: string, instance: string): NewElement[] {
  return [
    { tag: 0x00020002, vr: 'UI', value: sopClass },
    { tag: 0x00020003, vr: 'UI', value: instance },
    { tag: 0x00020010, vr: 'UI', value: EXPLICIT_LITTLE_ENDIAN_UID },
    { tag: 0x00020012, vr: 'UI', value: IMPLEMENTATION_UID },
    { tag: 0x00020013, vr: 'SH', value: 'FIDUCIAL' },
  ];
}

/** What a file says of the recording that it is or is about. */
export type DescribedRecording = Pick<OpenRecording, 'patient' | 'startClock' | 'comments'>;

/** A file that is to be written. */
export interface NewObject {
  readonly sopClass: string;
  readonly instance: string;
  readonly modality: string;
  /** Of the series. */
  readonly description: string;
  /** When its content was made; absent where that is the recording itself. */
  readonly made?: { readonly day: string; readonly time: string };
}

/** The modules that every file has: patient, study, series, equipment, SOP common (PS3.3, C.7 and C.12). */
export function commonElements(
  recording: DescribedRecording,
  { sopClass, instance, modality, description, made }: NewObject,
): NewElement[] {
  const { patient, startClock, comments } = recording;
  const { day, time } = clockOf(startClock);
  const synthetic = comments.some((comment) => /synthetic/i.test(comment));
  const age = patient.ageYears;
  return [
    { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' },
    { tag: 0x00080016, vr: 'UI', value: sopClass },
    { tag: 0x00080018, vr: 'UI', value: instance },
    { tag: 0x00080020, vr: 'DA', value: day },
    { tag: 0x00080023, vr: 'DA', value: made?.day ?? day },
    { tag: 0x00080030, vr: 'TM', value: time },
    { tag: 0x00080033, vr: 'TM', value: made?.time ?? time },
    { tag: 0x0008002a, vr: 'DT', value: day && `${day}${time}` },
    { tag: 0x00080050, vr: 'SH', value: '' },
    { tag: 0x00080060, vr: 'CS', value: modality },
    { tag: 0x00080070, vr: 'LO', value: 'Fiducial' },
    { tag: 0x00080090, vr: 'PN', value: '' },
    {
      tag: 0x0008103e,
      vr: 'LO',
      value: plain(synthetic ? `Synthetic ECG: ${description}` : description),
    },
    { tag: 0x00100010, vr: 'PN', value: plain(patient.name ?? '') },
    { tag: 0x00100020, vr: 'LO', value: plain(patient.id ?? '') },
    { tag: 0x00100030, vr: 'DA', value: (patient.birthDate ?? '').replaceAll('-', '') },
    { tag: 0x00100040, vr: 'CS', value: patient.sex ?? '' },
    ...(age === null ? [] : [{ tag: 0x00101010, vr: 'AS', value: ageString(age) }]),
    { tag: 0x0020000d, vr: 'UI', value: newUid() },
    { tag: 0x0020000e, vr: 'UI', value: newUid() },
    { tag: 0x00200010, vr: 'SH', value: '' },
    { tag: 0x00200011, vr: 'IS', value: '1' },
    { tag: 0x00200013, vr: 'IS', value: '1' },
  ];
}

/** `20240301` and `101530.250`, each empty where it is not known. */
function clockOf(startClock: string | null): { day: string; time: string } {
  const match = /^(\d{4}-\d\d-\d\d)?T([\d:.]+)$/.exec(startClock ?? '');
  return {
    day: (match?.[1] ?? '').replaceAll('-', ''),
    time: (match?.[2] ?? '').replaceAll(':', ''),
  };
}

/** An instant as local date and time. */
export function dateAndTime(at: Date): { day: string; time: string } {
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    day: `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`,
    time: `${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`,
  };
}

/** `047Y`; months below two years. */
function ageString(years: number): string {
  const text = years < 2 ? `${Math.round(years * 12)}M` : `${Math.floor(years)}Y`;
  return text.padStart(4, '0');
}

/** A text of at most 64 characters without the one that parts values. */
export function plain(text: string): string {
  return text
    .replace(/[\\\p{Cc}]/gu, ' ')
    .trim()
    .slice(0, 64);
}
