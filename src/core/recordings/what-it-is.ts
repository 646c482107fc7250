import { readFileHead } from '../formats/shared/file-head';
import { recogniseFile } from '../formats/list';
import { ok, type Result } from '../../shared/domain';

/** Files that people drop by mistake, by the bytes that they begin with (four or more, so that samples hardly do). */
const MAGICS: readonly (readonly [string, string])[] = [
  ['89504e470d0a1a0a', 'a PNG picture'],
  ['ffd8ffe', 'a JPEG picture'],
  ['47494638', 'a GIF picture'],
  ['49492a00', 'a TIFF picture'],
  ['4d4d002a', 'a TIFF picture'],
  ['25504446', 'a PDF document'],
  ['504b0304', 'a ZIP archive'],
  ['1f8b0800', 'a gzip archive'],
  ['1f8b0808', 'a gzip archive'],
  ['377abcaf271c', 'a 7-Zip archive'],
  ['52617221', 'a RAR archive'],
  ['fd377a585a00', 'an xz archive'],
  ['4f676753', 'an Ogg sound'],
  ['664c6143', 'a FLAC sound'],
  ['494433', 'an MP3 sound'],
  ['d0cf11e0a1b11ae1', 'an old Office document'],
  ['28b52ffd', 'a Zstandard archive'],
  ['425a68', 'a bzip2 archive'],
  ['1a45dfa3', 'a film (Matroska, WebM)'],
  ['464c5601', 'a film (FLV)'],
  ['3026b2758e66cf11', 'a film or sound (Windows Media)'],
  ['4d546864', 'a MIDI file'],
  ['464f524d', 'an AIFF sound'],
  ['38425053', 'a Photoshop picture'],
  ['0000000c6a502020', 'a JPEG 2000 picture'],
  ['7b5c727466', 'an RTF document'],
  ['7f454c46', 'a program'],
  ['cffaedfe', 'a program'],
  ['cafebabe', 'a program'],
  ['0061736d', 'a program'],
  ['894844460d0a1a0a', 'an HDF5 file'],
  ['934e554d5059', 'a NumPy array'],
  ['50415231', 'a Parquet file'],
  ['53514c69746520666f726d6174', 'an SQLite database'],
];

/** Share of printable bytes from which on a file is text. Samples of a quiet lead are printable by chance, never all. */
const PRINTABLE = 0.97;
/** Different characters from which on one long line is text. */
const LETTERS_OF_A_LINE = 12;
const WORD = /[A-Za-z0-9 ,."']/;

/**
 * What a file is that cannot be the bare samples of a recording, in words: a picture, a sound, an archive, text.
 * @returns null where it may be samples; `not-found`, `not-readable`
 */
export async function notSamples(file: string): Promise<Result<string | null>> {
  const head = await readFileHead(file);
  if (!head.ok) return head;
  const { bytes, sizeBytes } = head.value;
  if (sizeBytes === 0) return ok('an empty file');
  const begin = bytes.toString('hex', 0, 16);
  const riff = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12);
  if (riff) return ok(riff === 'WAVE' ? 'a WAV sound' : `a RIFF file (${riff.trim()})`);
  if (bytes.toString('latin1', 4, 8) === 'ftyp') return ok('a film or picture (MP4, HEIC)');
  const magic = MAGICS.find(([hex]) => begin.startsWith(hex));
  if (magic) return ok(magic[1]);
  if (bytes.toString('latin1', 257, 262) === 'ustar') return ok('a tar archive');
  const two = bytes.toString('latin1', 0, 2);
  if (two === 'MZ' && isExecutable(bytes)) return ok('a program');
  if (two === 'BM' && bytes.length >= 10 && bytes.readUInt32LE(2) === sizeBytes)
    return ok('a BMP picture');
  const format = await recogniseFile(file);
  if (format.ok && format.value) return ok(`a file of another format (${format.value.title})`);
  return ok(isText(bytes) ? 'text' : null);
}

/** Two letters are too few to tell: they point to where the header of the program itself begins. */
function isExecutable(bytes: Buffer): boolean {
  if (bytes.length < 64) return false;
  const at = bytes.readUInt32LE(60);
  return bytes.toString('latin1', at, at + 4) === 'PE\0\0';
}

function isText(bytes: Buffer): boolean {
  if (bytes.length === 0 || bytes.includes(0)) return false;
  let printable = 0;
  let words = 0;
  for (const byte of bytes) {
    if (byte >= 32 || byte === 9 || byte === 10 || byte === 13) printable++;
    if (WORD.test(String.fromCharCode(byte))) words++;
  }
  const lines = bytes.includes(10) || bytes.includes(13);
  // A page or a list may be one line: then all of it is printable, and most of it words of many letters.
  const oneLine =
    printable === bytes.length &&
    words > bytes.length / 2 &&
    new Set(bytes).size >= LETTERS_OF_A_LINE;
  return (oneLine || (lines && printable / bytes.length >= PRINTABLE)) && isUtf8(bytes);
}

function isUtf8(bytes: Buffer): boolean {
  try {
    // The head may end inside a character.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, -4), { stream: true });
    return true;
  } catch {
    return false;
  }
}
