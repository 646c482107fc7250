import { pulses } from '../../src/core/recordings/testing/write-record';

/** Inputs of the kinds that went wrong once, made here: tried in this process, at the built command line and over HTTP. */

/** Content of files by their names in a folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Samples of format 16, a beat a second. */
export function samples(seconds: number, rateHz: number, gain = 1000, leads = 1): Buffer {
  const ints = Int16Array.from({ length: seconds * rateHz * leads }, (_, i) =>
    Math.round(gain * pulses(Math.floor(i / leads) / rateHz)),
  );
  return Buffer.from(ints.buffer);
}

/** Signal line of `DAT`. */
export const SIGNAL = 'r.dat 16 1000/mV 16 0 0 0 0 II';
export const DAT = { 'r.dat': samples(20, 100) };
/** A record of twenty seconds under a header of these lines. */
export const underHeader = (header: string): Files => ({ ...DAT, 'r.hea': header });

/** Unit of a header, and how many of it are a millivolt. */
export const UNITS: readonly (readonly [unit: string, perMv: number])[] = [
  ['V', 1e-3],
  ['volts', 1e-3],
  ['nV', 1e6],
  ['microvolts', 1e3],
  ['MV', 1],
  ['millivolt', 1],
];

const text = (content: string): Buffer => Buffer.from(content, 'latin1');
const filled = (head: string): Buffer =>
  Buffer.concat([
    text(head),
    Buffer.from(Array.from({ length: 60_000 }, (_, i) => (i * 37) & 255)),
  ]);
/** Name and content of files that are no recording. */
export const NO_RECORDINGS: readonly (readonly [name: string, content: Buffer])[] = [
  ['photo.jpg', filled('\xff\xd8\xff\xe0\0\x10JFIF\0')],
  ['moving.gif', filled('GIF89a')],
  ['paper.pdf', filled('%PDF-1.7\n')],
  ['song.mp3', filled('ID3\x04\0\0')],
  ['song.ogg', filled('OggS\0\x02')],
  ['film.mp4', filled('\0\0\0\x20ftypisom')],
  ['film.mkv', filled('\x1a\x45\xdf\xa3')],
  ['all.tar.gz', filled('\x1f\x8b\x08\0')],
  ['all.7z', filled('7z\xbc\xaf\x27\x1c')],
  ['all.rar', filled('Rar!\x1a\x07\x01\0')],
  ['all.xz', filled('\xfd7zXZ\0')],
  ['program.exe', filled(`MZ${'\0'.repeat(58)}\x40\0\0\0PE\0\0`)],
  ['program', filled('\x7fELF\x02\x01\x01')],
  ['store.sqlite', filled('SQLite format 3\0')],
  ['photo.webp', filled('RIFF\x10\x20\0\0WEBPVP8 ')],
  ['photo.bmp', filled('BM\x6e\xea\0\0\0\0\0\0\x36\0\0\0')],
  ['photo.tif', filled('II*\0\x08\0\0\0')],
  ['photo.heic', filled('\0\0\0\x18ftypheic')],
  [
    'page.html',
    text(`<!doctype html><html><body>${'<p>ECG of a patient</p>'.repeat(500)}</body></html>`),
  ],
  ['notes.json', text(JSON.stringify({ notes: Array.from({ length: 2000 }, (_, i) => `n${i}`) }))],
  ['letter.txt', text('Dear colleague, thank you for the recording of Mrs M. '.repeat(300))],
  ['empty.dat', Buffer.alloc(0)],
  ['letter.rtf', filled('{\\rtf1\\ansi ')],
];

export const segment = (name: string): Record<string, string | Uint8Array> => ({
  [`${name}.hea`]: `${name} 1 100 1000\n${name}.dat 16 1000/mV 16 0 0 0 0 II\n`,
  [`${name}.dat`]: samples(10, 100),
});
/** Header over three segments of ten seconds. */
export const OF_THREE = 'm/3 1 100 3000\nm_1 1000\nm_2 1000\nm_3 1000\n';
/** What is missing of three segments, what there is, its name, and which third of the time it is. */
export const MISSING_PARTS: readonly (readonly [
  what: string,
  files: Files,
  name: string,
  place: number,
])[] = [
  ['the first segment', { ...segment('m_2'), ...segment('m_3') }, 'm_1', 0],
  ['the last segment', { ...segment('m_1'), ...segment('m_2') }, 'm_3', 2],
  [
    "a segment's samples alone",
    { ...segment('m_1'), ...segment('m_3'), 'm_2.hea': segment('m_2')['m_2.hea']! },
    'm_2',
    1,
  ],
];

/** A comment, and the age in years that it states. */
export const AGES: readonly (readonly [comment: string, years: number | null])[] = [
  ['Age: 18 months', 1.5],
  ['age: 6 weeks', 0.115],
  ['Age: 10 days', 0.027],
  ['<age>: 63 <sex>: F', 63],
  ['Age (years): 45', 45],
  ['Age (in months): 6', 0.5],
  ['Age: 45 years', 45],
  ['age: 7y', 7],
  ['Age: 1,5', 1.5],
  ['Gestational age at birth: 39 weeks', null],
  ["Mother's age: 34", null],
  ['Maternal age: 29', null],
  ['Age: unknown', null],
  ['Age of the device: 4 years', null],
  ['Bone age: 12', null],
];

/** Ways to write one header of twenty seconds of lead II, aged 50. */
export const HEADERS: readonly (readonly [what: string, header: string])[] = [
  ['CR alone and a byte order mark', `\ufeffr 1 100 2000\r${SIGNAL}\r# Age: 50\r`],
  [
    'tabs, blank lines and spaces at the ends',
    `\n\nr\t1\t100\t2000  \n\n${SIGNAL.replaceAll(' ', '\t')}  \n  # Age: 50\n`,
  ],
  [
    'comments before the first line and between',
    `# made by hand\nr 1 100 2000\n# one lead\n${SIGNAL}\n\t#Age: 50\n`,
  ],
  ['CR LF throughout', `r 1 100 2000\r\n${SIGNAL}\r\n   #   Age: 50\r\n`],
];

/** Start of a record line, and the clock that it means. */
export const STARTS: readonly (readonly [start: string, clock: string | null])[] = [
  ['10:05:00 12/07/1999', '1999-07-12T10:05:00.000'],
  ['10:05:00 12.07.1999', 'T10:05:00.000'],
  ['10:05:00 12-07-1999', 'T10:05:00.000'],
  ['10:05:00 1999/07/12', 'T10:05:00.000'],
  ['10:05:00 31/02/1999', 'T10:05:00.000'],
  ['10:05:00 12/07/99', 'T10:05:00.000'],
  ['10:05:00 0/0/0', 'T10:05:00.000'],
  ['10:05:00 07/31/1999', 'T10:05:00.000'],
  ['1999-07-12 10:05:00', null],
  ['25:05:00 12/07/1999', null],
];

/** Names of leads, and which one is read. */
export const ECG_LEADS: readonly (readonly [names: readonly string[], index: number])[] = [
  [['C3-M2', 'O1-M2', 'E1-M2', 'Chin', 'Airflow', 'SaO2', 'EKG'], 6],
  [['EEG Fpz-Cz', 'EOG horizontal', 'EMG submental', 'ECG I'], 3],
  [['ACC X', 'ACC Y', 'GYRO', 'PPG', 'Lead II'], 4],
  [['RESP', 'ABP', 'PLETH', 'MDC_ECG_LEAD_AVR'], 3],
  [['ABP', 'CVP', 'ECG1', 'ECG2'], 2],
  [['thorax', 'abdomen', 'EKG II'], 2],
];
/** Seconds of recordings that are shorter than a segment. */
export const TOO_SHORT_S = [1, 3, 5, 8.5];

/** One annotation in MIT format: a step and a code; longer steps and steps back by SKIP (annot(5)). */
export function annotation(code: number, step: number, aux = ''): number[] {
  const word = (value: number): number[] => [value & 255, (value >> 8) & 255];
  const long = step < 0 || step > 1023;
  const skip = long
    ? [...word(59 << 10), ...word((step >> 16) & 0xffff), ...word(step & 0xffff)]
    : [];
  const text = Buffer.from(aux.padEnd(aux.length + (aux.length % 2), '\0'), 'latin1');
  const note = aux === '' ? [] : [...word((63 << 10) | aux.length), ...text];
  return [...skip, ...word((code << 10) | (long ? 0 : step)), ...note];
}
