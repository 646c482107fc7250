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
  ['7f454c46', 'a program'],
  ['53514c69746520666f726d6174', 'an SQLite database'],
];

/** Share of printable bytes from which on a file is text. Samples of a quiet lead are printable by chance, never all. */
const PRINTABLE = 0.97;

/**
 * What a file is that cannot be the bare samples of a recording, in words: a picture, a sound, an archive, text.
 * @returns null where it may be samples; `not-found`, `not-readable`
 */
export async function notSamples(file: string): Promise<Result<string | null>> {
  const head = await readFileHead(file);
  if (!head.ok) return head;
  const { bytes } = head.value;
  const begin = bytes.toString('hex', 0, 16);
  const riff = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12);
  if (riff) return ok(riff === 'WAVE' ? 'a WAV sound' : `a RIFF file (${riff.trim()})`);
  if (bytes.toString('latin1', 4, 8) === 'ftyp') return ok('a film or picture (MP4, HEIC)');
  const magic = MAGICS.find(([hex]) => begin.startsWith(hex));
  if (magic) return ok(magic[1]);
  const format = await recogniseFile(file);
  if (format.ok && format.value) return ok(`a file of another format (${format.value.title})`);
  return ok(isText(bytes) ? 'text' : null);
}

function isText(bytes: Buffer): boolean {
  if (bytes.length === 0 || bytes.includes(0)) return false;
  let printable = 0;
  for (const byte of bytes) {
    if (byte >= 32 || byte === 9 || byte === 10 || byte === 13) printable++;
  }
  const lines = bytes.includes(10) || bytes.includes(13);
  return lines && printable / bytes.length >= PRINTABLE && isUtf8(bytes);
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
