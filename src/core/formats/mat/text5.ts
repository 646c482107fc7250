/** Data types of characters (MAT-File Format, table 1-1); numbers of 8 and 16 bits are used as well. */
const BYTES = [1, 2];
const WORDS = [4, 17];
const UTF8 = 16;

/** Rows of a character array, stored column after column, without the spaces that make them equally long. */
export function textRows(bytes: Buffer, type: number, bigEndian: boolean, rows: number): string[] {
  const characters = charactersOf(bytes, type, bigEndian);
  const count = Math.min(rows, characters.length);
  const columns = count > 0 ? Math.floor(characters.length / count) : 0;
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: columns }, (_, column) => characters[row + column * count]!)
      .join('')
      .trimEnd(),
  );
}

function charactersOf(bytes: Buffer, type: number, bigEndian: boolean): string[] {
  if (type === UTF8) return [...bytes.toString('utf8')];
  if (BYTES.includes(type)) return [...bytes.toString('latin1')];
  if (!WORDS.includes(type)) return [];
  const even = bytes.subarray(0, bytes.length & ~1);
  return [...(bigEndian ? Buffer.from(even).swap16() : even).toString('utf16le')];
}
