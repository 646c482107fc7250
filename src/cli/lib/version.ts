import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../../core/processes/entries';

/** Version of this Fiducial, from package.json. */
export function version(): string {
  const { version } = JSON.parse(readFileSync(join(projectDir(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
