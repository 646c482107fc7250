import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import type { GraphRef } from './messages';
import { readOnnx } from './onnx-file';

/** The bytes that ONNX Runtime is given: a graph, and the files beside it in which it keeps weights. */
export interface GraphBytes {
  readonly graph: Uint8Array;
  /** `path` as the graph names the file. */
  readonly weights: readonly { readonly path: string; readonly data: Uint8Array }[];
}

/**
 * Reads a graph and its weights, each once, and compares what was read with the SHA-256 of the card. What ONNX Runtime
 * gets are these bytes: it is given no path, under which there might be other bytes by then.
 * @returns `bad-model` with a sentence that names the file
 */
export async function readGraph({
  path,
  sha256,
  beside,
}: Pick<GraphRef, 'path' | 'sha256' | 'beside'>): Promise<Result<GraphBytes>> {
  const graph = await readChecked(path, sha256);
  if (!graph.ok) return graph;
  const weights: { path: string; data: Uint8Array }[] = [];
  for (const name of readOnnx(graph.value).externalFiles) {
    const expected = beside[name];
    if (expected === undefined || name !== basename(name)) {
      return errSaid('bad-model', 'files.weightsUnnamed', { file: placeOf(path), name });
    }
    const data = await readChecked(join(dirname(path), name), expected);
    if (!data.ok) return data;
    weights.push({ path: name, data: data.value });
  }
  return ok({ graph: graph.value, weights });
}

/** A file's bytes, if they are those that a card promises. @param sha256 hex, of either case */
export async function readChecked(path: string, sha256: string): Promise<Result<Buffer>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return errSaid('bad-model', 'failures.cannotBeRead', {
      name: placeOf(path),
      why: (error as NodeJS.ErrnoException).code ?? '',
    });
  }
  return createHash('sha256').update(bytes).digest('hex') === sha256.toLowerCase()
    ? ok(bytes)
    : errSaid('bad-model', 'failures.modelDamaged', { file: placeOf(path) });
}

/** A file for a sentence that reaches whoever asks the API: with its folder, which tells cards apart, and no more. */
export function placeOf(path: string): string {
  return join(basename(dirname(path)), basename(path));
}
