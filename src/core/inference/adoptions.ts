import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { writeFailure } from '../base/file-failure';
import { makeFolder } from '../base/make-folder';
import { writeThrough } from '../base/write-through';

/** What a person did: took a network into use, or went back to the one before. Kept for good, oldest first. */
export const AdoptionStep = z.object({
  kind: z.enum(['adopt', 'rollback']),
  /** Id of the model, which the network before and the one after share. */
  modelId: z.string().min(1),
  version: z.string(),
  /** Of the graph that gives the verdicts, of the network that is in use from here on; '' for the one that was shipped. */
  sha256: z.union([z.literal(''), z.string().regex(/^[0-9a-f]{64}$/)]),
  reader: z.string().min(1),
  atMs: z.number(),
});
export type AdoptionStep = z.infer<typeof AdoptionStep>;

const Adoptions = z.object({
  format: z.literal('fiducial-adoptions'),
  formatVersion: z.literal(1),
  steps: z.array(AdoptionStep),
});

const FILE = 'adoptions.json';

/** The steps of a folder; none where there is no file. @returns `not-readable` for one that is not as it was written */
export async function readAdoptions(folder: string): Promise<Result<readonly AdoptionStep[]>> {
  const file = join(folder, FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? ok([])
      : errSaid('not-readable', 'files.systemRefused', { name: file, why: message });
  }
  try {
    return ok(Adoptions.parse(JSON.parse(text)).steps);
  } catch {
    return errSaid('not-readable', 'files.adoptionUnclear', { file });
  }
}

/** Writes the steps beside their name and renames them. @returns `not-writable` */
export async function writeAdoptions(
  folder: string,
  steps: readonly AdoptionStep[],
): Promise<Result<void>> {
  const file = join(folder, FILE);
  try {
    await makeFolder(folder);
    const content = { format: 'fiducial-adoptions', formatVersion: 1, steps };
    await writeThrough(file, (part) => writeFile(part, `${JSON.stringify(content, null, 1)}\n`));
    return ok(undefined);
  } catch (cause) {
    return writeFailure(file, cause);
  }
}

/** Changes with every step; '' where there is none. */
export async function adoptionsStamp(folder: string): Promise<string> {
  return stat(join(folder, FILE)).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => '',
  );
}

/**
 * Hash of the network in use for a model, '' for the shipped one: a rollback goes back to what was in use before the
 * adoption that it takes back.
 */
export function inUse(steps: readonly AdoptionStep[], modelId: string): string {
  return stackOf(steps, modelId).at(-1) ?? '';
}

/** Hash of the network that a rollback would bring back; null where nothing was adopted. */
export function before(steps: readonly AdoptionStep[], modelId: string): string | null {
  const stack = stackOf(steps, modelId);
  return stack.length === 0 ? null : (stack.at(-2) ?? '');
}

function stackOf(steps: readonly AdoptionStep[], modelId: string): string[] {
  const stack: string[] = [];
  for (const step of steps) {
    if (step.modelId !== modelId) continue;
    if (step.kind === 'rollback') stack.pop();
    else stack.push(step.sha256);
  }
  return stack;
}
