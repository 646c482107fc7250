import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { RecordingForm } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import { statedPath, type Stated } from '../base/stated-path';
import { ofStatedNotUsed } from '../formats/shared/stated-not-used';
import { gainAssumedWarnings } from '../recordings/recording-info';
import { useOnce } from '../recordings/open-settled';
import type { OpenRecording } from '../formats/open-recording';
import type { WorkOptions } from '../formats/shared/writing/read-frames';
import type { Written } from '../formats/shared/writing/writer';
import { anonymised } from './anonymise';
import { namedAsLeads } from './named-as-leads';
import { WRITERS } from './targets';

export interface ConvertOptions extends WorkOptions {
  readonly to: RecordingForm;
  readonly folder: string;
  /** Replace files that are there. */
  readonly overwrite: boolean;
  /** Weeks by which dates move; null leaves who was recorded and when as it is. */
  readonly anonymiseWeeks: number | null;
  /** What to state where a file leaves it out. */
  readonly stated?: Stated;
}

/**
 * Writes one recording of any format in another.
 * @param file absolute path that opens it
 * @param name of the files that are written, without endings
 */
export async function convertRecording(
  file: string,
  name: string,
  options: ConvertOptions,
): Promise<Result<Written>> {
  const { stated = {}, ...how } = options;
  let written: readonly string[] = [];
  const answer = await useOnce(statedPath(file, stated), async (recording) => {
    const made = await writeAs(recording, { ...how, name });
    if (!made.ok) return made;
    written = made.value.files;
    // What a copy states as if the source had.
    const before = [
      ...ofStatedNotUsed(recording.warnings),
      ...gainAssumedWarnings(recording.leads),
    ];
    return ok({ ...made.value, warnings: [...before, ...made.value.warnings] });
  });
  // What is of two states of a file looks whole, and is not.
  if (!answer.ok) await Promise.all(written.map((path) => rm(path, { force: true })));
  return answer;
}

/** The same of a recording that is open, and stays so. */
export function writeAs(
  recording: OpenRecording,
  { to, anonymiseWeeks, ...target }: Omit<ConvertOptions, 'stated'> & { readonly name: string },
): Promise<Result<Written>> {
  const shown = anonymiseWeeks === null ? recording : anonymised(recording, anonymiseWeeks);
  return WRITERS[to](namedAsLeads(shown), target);
}

/** Names of the files that a run writes. */
export interface OutputNames {
  /** The recording's own file name without its ending, told apart where several share it. */
  take(file: string): string;
  /** Gives back a name under which nothing was written. */
  free(name: string): void;
}

export function outputNames(): OutputNames {
  const taken = new Set<string>();
  return {
    take(file) {
      const { name, ext } = path.parse(file.slice(file.lastIndexOf('!/') + 1));
      const candidates = [name, `${name}_${ext.slice(1)}`];
      for (let k = 2; ;) {
        const candidate = candidates.shift() ?? `${name}_${k++}`;
        // Some file systems take X and x for one name.
        if (taken.has(candidate.toLowerCase())) continue;
        taken.add(candidate.toLowerCase());
        return candidate;
      }
    },
    free: (name) => void taken.delete(name.toLowerCase()),
  };
}
