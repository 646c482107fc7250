import path from 'node:path';
import type { Result } from '../../../../shared/domain';
import { readWhole } from '../read-whole';
import { decodeXml } from './decode';
import { parseXml, type XmlElement } from './tree';

/** Recordings in XML are strips of seconds to minutes; the largest sample has 0.5 MB. */
const MAX_BYTES = 64 * 2 ** 20;

/** Reads a whole document: recordings in XML are short. */
export async function readXml(file: string): Promise<Result<XmlElement>> {
  const bytes = await readWhole(file, MAX_BYTES);
  if (!bytes.ok) return bytes;
  return parseXml(decodeXml(bytes.value), path.basename(file));
}
