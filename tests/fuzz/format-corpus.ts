import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { encodeDicom, coded } from '../../src/core/formats/dicom/testing/encode-dicom';
import { encodeEdf, tals } from '../../src/core/formats/edf/testing/encode-edf';
import { encodeBeats, encodeIshne } from '../../src/core/formats/ishne/testing/encode-ishne';
import { encodeZip } from '../../src/core/formats/zip/testing/encode-zip';
import { sharedData } from '../golden/shared-data';
import type { Seed } from './corpus';
import { stripSeeds } from './strip-corpus';

/** An intact small recording to damage, the file that opens it first. */
export interface FormatSeed {
  readonly format: string;
  readonly files: Seed;
}

/** Small recordings of every format but WFDB, made here, and the samples of the data folder where it is there. */
export function formatCorpus(): FormatSeed[] {
  return [
    ...edfSeeds(),
    ...dicomSeeds(),
    ...ishneSeeds(),
    ...zipSeeds(),
    ...stripSeeds(),
    ...samples(),
  ];
}

const ramp = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, k) => from + k);

function edfSeeds(): FormatSeed[] {
  const leads = [
    { label: 'ECG II', prefilter: 'HP:0.05Hz LP:150Hz', records: [ramp(20), ramp(20), ramp(20)] },
    { label: 'V1', units: 'mV', records: [ramp(7), ramp(7), ramp(7)] },
  ];
  const notes = {
    label: 'EDF Annotations',
    records: [tals('+0.5', '+0.7\x14V\x14'), tals('+1.5'), tals('+9.5', '+10\x152\x14rest\x14')],
  };
  const bdfNotes = { ...notes, label: 'BDF Annotations' };
  const patient = 'MCH-0234567 F 02-MAY-1951 Haagse_Harry';
  const bdf = { version: '\u00ffBIOSEMI', reserved: 'BDF+C', signals: [bdfNotes, ...leads] };
  return [
    encodeEdf({ signals: leads }),
    encodeEdf({ patient, reserved: 'EDF+D', signals: [...leads, notes] }),
    encodeEdf(bdf),
  ].map((bytes) => ({ format: 'edf', files: { 'r.edf': bytes } }));
}

function dicomSeeds(): FormatSeed[] {
  const channels = [
    { source: ['5.6.3-9-2', 'SCPECG', 'Lead II'] as const, sensitivity: '0.5' },
    { source: ['2:62', 'MDC', 'aVR'] as const, sensitivity: '2', unit: 'uV' },
  ];
  const padding = { tag: 0x5400100a, vr: 'SS', value: [-32768] };
  const rows = ramp(30).map((k) => [k, -k]);
  const strip = { channels, rows, more: [padding, { tag: 0x00181068, vr: 'DS', value: '250' }] };
  const beat = { channels, rows, originality: 'DERIVED' };
  const annotation = [
    coded(0x0040a043, ['x', 'MDC', 'QT']),
    { tag: 0x0040a0b0, vr: 'US', value: [1, 0] },
    { tag: 0x0040a132, vr: 'UL', value: [4, 9] },
  ];
  const more = [
    { tag: 0x00100010, vr: 'PN', value: 'Doe^Jane' },
    { tag: 0x0040b020, vr: 'SQ', value: [annotation] },
  ];
  const encodings = [
    {},
    { undefinedLengths: true },
    { explicit: false },
    { bigEndian: true, undefinedLengths: true },
    { deflated: true },
    { bare: true, explicit: false, undefinedLengths: true },
  ];
  return encodings.map((encoding) => ({
    format: 'dicom',
    files: { 'r.dcm': encodeDicom({ groups: [strip, beat], more, ...encoding }) },
  }));
}

function ishneSeeds(): FormatSeed[] {
  const rows = ramp(50).map((k) => [k, -k]);
  const beats = encodeBeats(3, [['N', 10], ['V', 8], ['X', 60_000], ['!', 65_535], ['N', 3]]); // oxfmt-ignore
  return [
    {
      format: 'ishne',
      files: {
        'r.ecg': encodeIshne({ rows, first: 'A', variable: 'text', pacemaker: 2 }),
        'r.ann': encodeIshne({ magic: 'ANN  1.0', body: beats }),
      },
    },
  ];
}

function zipSeeds(): FormatSeed[] {
  const edf = { name: 'in/r.edf', bytes: edfSeeds()[1]!.files['r.edf']! };
  const wfdb = [
    { name: 'w/r.hea', bytes: 'r 1 250 20\nr.dat 16 200/mV 16 0 0 0 0 II\n' },
    { name: 'w/r.dat', bytes: new Uint8Array(40), stored: true },
  ];
  return [
    { format: 'zip', files: { 'r.zip': encodeZip([edf]) } },
    { format: 'zip', files: { 'r.zip': encodeZip([{ ...edf, stored: true }, ...wfdb]) } },
  ];
}

/** Larger ones take long to write out each time. */
const MAX_SAMPLE_BYTES = 150_000;

/** Real files: what devices write is odd in ways that nobody thinks up. */
function samples(): FormatSeed[] {
  if (!sharedData) return [];
  const root = path.join(sharedData, 'formats');
  return readdirSync(root).flatMap((format) => {
    const folder = path.join(root, format);
    if (!statSync(folder).isDirectory()) return [];
    return readdirSync(folder)
      .filter((name) => !/^(README\.md|expected\.json)$/.test(name))
      .filter((name) => statSync(path.join(folder, name)).size <= MAX_SAMPLE_BYTES)
      .map((name) => ({
        format,
        files: { [name]: Uint8Array.from(readFileSync(path.join(folder, name))) },
      }));
  });
}
