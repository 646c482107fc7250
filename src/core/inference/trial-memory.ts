import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { OWNER_ONLY_FILE, OWNER_ONLY_FOLDER } from '../base/private-files';
import { writeThrough } from '../base/write-through';
import { Trial } from './trial-report';

/** What trials found, kept between runs. */
export interface TrialMemory {
  /** Trials of a model on this machine as it is now; null where there are none. */
  recall(model: string): Promise<readonly Trial[] | null>;
  /** A folder that cannot be written loses nothing but the time of the next trial. */
  keep(model: string, trials: readonly Trial[]): Promise<void>;
}

const Kept = z.object({
  version: z.literal(1),
  /** By model; `stamp` is `driverStamp` at the time. */
  models: z.record(z.string(), z.object({ stamp: z.string(), trials: z.array(Trial) })),
});

/** Models of the past that the file may hold; beyond, the oldest go. */
const MOST_MODELS = 20;

/** @param path of a JSON file, which may be absent or damaged: then nothing is known */
export function createTrialMemory(path: string, stamp: () => Promise<string>): TrialMemory {
  let stamped: Promise<string> | null = null;
  const stampNow = (): Promise<string> => (stamped ??= stamp());
  const read = async (): Promise<z.infer<typeof Kept>> => {
    try {
      return Kept.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch {
      return { version: 1, models: {} };
    }
  };
  return {
    async recall(model) {
      const kept = (await read()).models[model];
      return kept && kept.stamp === (await stampNow()) ? kept.trials : null;
    },
    async keep(model, trials) {
      const { models } = await read();
      delete models[model];
      models[model] = { stamp: await stampNow(), trials: [...trials] };
      const latest = Object.fromEntries(Object.entries(models).slice(-MOST_MODELS));
      try {
        await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
        const content = JSON.stringify({ version: 1, models: latest }, null, 2);
        await writeThrough(path, (part) => writeFile(part, content, { mode: OWNER_ONLY_FILE }));
      } catch (cause) {
        console.error(`fiducial: ${path} cannot be written (${(cause as Error).message}).`);
      }
    },
  };
}
