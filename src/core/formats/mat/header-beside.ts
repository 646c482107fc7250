import path from 'node:path';
import { readFileHead } from '../shared/file-head';

/**
 * The WFDB header beside a MATLAB file that names it as its signal file, as the records of the PhysioNet challenges
 * have one: rate, names and scales are there.
 */
export async function headerBeside(file: string): Promise<string | null> {
  const { dir, name, base } = path.parse(file);
  for (const ending of ['.hea', '.HEA']) {
    const header = path.join(dir, `${name}${ending}`);
    const head = await readFileHead(header);
    if (!head.ok) continue;
    const lines = head.value.bytes.toString('latin1').split(/\r?\n|\r/);
    if (lines.some((line) => line.startsWith(`${base} `))) return header;
  }
  return null;
}
