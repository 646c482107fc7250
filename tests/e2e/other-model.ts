import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ModelCard } from '../../src/shared/domain';

const SHIPPED = resolve(import.meta.dirname, '../../resources/models');
const ID = 'beat-attention';
/** Field 14 of ModelProto, metadata; 1 and 2 of its entry, key and value: onnx.proto. */
const [METADATA, KEY, VALUE] = [14, 1, 2] as const;

/**
 * Writes the shipped network as another version that flags less, where a person's networks lie. Protocol buffers that
 * follow each other are one message, so a second card behind the graph replaces the first.
 * @param dataDir the application's
 */
export async function writeOtherModel(dataDir: string, version: string): Promise<void> {
  const text = await readFile(join(SHIPPED, `${ID}.json`), 'utf8');
  const shipped = JSON.parse(text) as ModelCard;
  const threshold = { ...shipped.threshold, value: 0.995 };
  const card = { ...shipped, version, threshold, files: undefined };
  const graph = Buffer.concat([
    await readFile(join(SHIPPED, `${ID}.onnx`)),
    field(METADATA, [
      field(KEY, [Buffer.from('fiducial.card')]),
      field(VALUE, [Buffer.from(JSON.stringify(card))]),
    ]),
  ]);
  const sha256 = createHash('sha256').update(graph).digest('hex');
  const folder = join(dataDir, 'models', `${ID}-${sha256.slice(0, 12)}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${ID}.onnx`), graph);
  const entry = { file: `${ID}.onnx`, sha256 };
  const files = { scan: entry, explain: entry };
  await writeFile(join(folder, `${ID}.json`), JSON.stringify({ ...card, files }));
}

/** A field of bytes (wire type 2). */
function field(number: number, parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}
