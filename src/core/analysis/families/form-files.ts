import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { decode, encode } from '../../../shared/transport/codec';
import { writeThrough } from '../../base/write-through';
import { FORMS_VERSION, type ProgramForms } from '../../beats/families';

/** Files kept, of the recordings that were looked at last: a day has 20 MB, half an hour half of one. */
const KEPT = 24;

/** Forms with the leads that they were found in. */
export interface LeadForms {
  readonly leads: readonly { readonly index: number; readonly name: string }[];
  readonly forms: ProgramForms;
}

const StoredForms = z.object({
  version: z.literal(FORMS_VERSION),
  leads: z.array(z.object({ index: z.int().min(0), name: z.string() })),
  forms: z.object({
    shapes: z.object({
      leads: z.int().min(1),
      samples: z.int().min(1),
      steps: z.instanceof(Int8Array),
      stepMv: z.instanceof(Float32Array),
    }),
    form: z.instanceof(Uint16Array),
    likeness: z.instanceof(Float32Array),
    formClass: z.instanceof(Uint8Array),
    alone: z.instanceof(Uint8Array),
  }),
});

/** Forms on disk, beside the store: found again from the signal where a file is lost, so nothing depends on them. */
export interface FormFiles {
  /** @returns null where there are none, or what lies there is not whole or of another version */
  read(analysisId: string, beats: number): Promise<LeadForms | null>;
  /** Keeps them, and lets go of those that were not looked at for longest. */
  write(analysisId: string, forms: LeadForms): Promise<void>;
}

export function createFormFiles(dataDir: string): FormFiles {
  const folder = join(dataDir, 'forms');
  const pathOf = (analysisId: string): string =>
    join(folder, `${analysisId.replace(/[^\w-]/g, '_')}.forms`);

  async function dropOld(): Promise<void> {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.forms'));
    if (names.length <= KEPT) return;
    const files = await Promise.all(
      names.map(async (name) => ({ name, atMs: (await stat(join(folder, name))).mtimeMs })),
    );
    files.sort((a, b) => b.atMs - a.atMs);
    await Promise.all(files.slice(KEPT).map(({ name }) => rm(join(folder, name), { force: true })));
  }

  return {
    async read(analysisId, beats) {
      const path = pathOf(analysisId);
      try {
        const stored = StoredForms.parse(decode(await readFile(path)));
        const { shapes, form, likeness } = stored.forms;
        const isWhole =
          form.length === beats &&
          likeness.length === beats &&
          shapes.leads === stored.leads.length &&
          shapes.stepMv.length === beats * shapes.leads &&
          shapes.steps.length === beats * shapes.leads * shapes.samples;
        if (!isWhole) return null;
        const now = new Date();
        await utimes(path, now, now).catch(() => undefined);
        const steps = new Int8Array(new SharedArrayBuffer(shapes.steps.length));
        steps.set(shapes.steps);
        return { leads: stored.leads, forms: { ...stored.forms, shapes: { ...shapes, steps } } };
      } catch {
        return null;
      }
    },
    async write(analysisId, { leads, forms }) {
      const path = pathOf(analysisId);
      try {
        await mkdir(folder, { recursive: true });
        const content = encode({ version: FORMS_VERSION, leads, forms });
        await writeThrough(path, (part) => writeFile(part, content));
        await dropOld();
      } catch {
        // A full disk costs time at the next opening, and nothing else.
      }
    },
  };
}
