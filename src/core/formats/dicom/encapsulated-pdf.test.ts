import dicomParser from 'dicom-parser';
import { expect, it } from 'vitest';
import { encapsulatedPdf } from './encapsulated-pdf';

const PDF = Buffer.from('%PDF-1.7 odd');
const EVA = { name: 'Müller^Eva', id: '17', birthDate: '1951-05-02', ageYears: 72, sex: 'F' } as const; // oxfmt-ignore

it('holds the very bytes, and says what and whom they are about', () => {
  const madeAtMs = new Date(2024, 2, 2, 9, 8, 7).getTime();
  const recording = { patient: EVA, startClock: '2024-03-01T10:11:12.250', comments: [] };
  const read = dicomParser.parseDicom(encapsulatedPdf(PDF, recording, madeAtMs));
  const texts = (...tags: string[]) => tags.map((tag) => read.string(tag));
  expect(texts('x00020010', 'x00080016', 'x00080060', 'x00080064')).toEqual([
    '1.2.840.10008.1.2.1',
    '1.2.840.10008.5.1.4.1.1.104.1',
    'DOC',
    'WSD',
  ]);
  expect(texts('x00080023', 'x00080033', 'x0008002a')).toEqual([
    '20240302',
    '090807',
    '20240301101112.250',
  ]);
  expect(texts('x00100020', 'x00280301', 'x00420012')).toEqual(['17', 'YES', 'application/pdf']);
  const { dataOffset, length } = read.elements['x00420011']!;
  expect(read.uint32('x00420015')).toBe(PDF.length);
  expect(length % 2).toBe(0);
  const bytes = read.byteArray.subarray(dataOffset, dataOffset + PDF.length);
  expect(Buffer.from(bytes).equals(PDF)).toBe(true);
});

it('says that nobody is named in it', () => {
  const patient = { name: null, id: null, birthDate: null, ageYears: null, sex: null };
  const file = encapsulatedPdf(PDF, { patient, startClock: null, comments: [] }, 0);
  const read = dicomParser.parseDicom(file);
  expect([read.string('x00280301'), read.string('x0008002a'), read.string('x00100010')]).toEqual([
    'NO',
    undefined,
    undefined,
  ]);
});
