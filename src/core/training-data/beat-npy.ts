import { writeFile } from 'node:fs/promises';

const DTYPES = new Map<string, string>([
  ['Float64Array', '<f8'],
  ['Float32Array', '<f4'],
  ['Int16Array', '<i2'],
  ['Int8Array', '|i1'],
  ['Uint8Array', '|u1'],
]);

/**
 * Writes an array as NumPy reads it (format 1.0, "A Simple File Format for NumPy Arrays", NEP 1): little-endian,
 * row-major.
 * @throws Error where the system refuses, TypeError for an element type that is not listed above
 */
export async function writeNpy(
  file: string,
  data: Float64Array | Float32Array | Int16Array | Int8Array | Uint8Array,
  shape: readonly number[],
): Promise<void> {
  const descr = DTYPES.get(data.constructor.name);
  if (!descr) throw new TypeError(`no NumPy type for ${data.constructor.name}`);
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${dims}), }`;
  // Magic, version and length take 10 bytes; the header is padded so that the data starts at a multiple of 64.
  const header = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + '\n';
  const prefix = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 0, 0]);
  prefix.writeUInt16LE(header.length, 8);
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  await writeFile(file, Buffer.concat([prefix, Buffer.from(header, 'latin1'), bytes]));
}
