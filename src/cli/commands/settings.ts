import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import type { Service } from '../../core/service';
import { err, ok, type Result } from '../../shared/domain';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { withService } from '../lib/with-service';
import { writeOutput } from '../lib/write-output';

const context = { signal: new AbortController().signal };

/** `fiducial settings export|import`: the settings of the viewer as a file, from one machine to another. */
export function settingsCommand(): Command {
  const settings = new Command('settings').description(
    'write the settings of the viewer to a file, or take over such a file',
  );
  settings
    .command('export')
    .description('write thresholds, keys, paper, language and letterhead as JSON')
    .option('--out <file>', 'file to write; - is standard output', '-')
    .action(({ out }: { out: string }) => done((service) => exported(service, out)));
  settings
    .command('import')
    .description('take over a file that was exported, all of it or nothing')
    .argument('<file>', 'exported settings')
    .action((file: string) => done((service) => imported(service, file)));
  return settings;
}

async function done(work: (service: Service) => Promise<Result<unknown>>): Promise<void> {
  process.exitCode = EXIT.someFailed;
  const result = await withService(work);
  process.exitCode = result.ok ? EXIT.done : fail(result.error);
}

async function exported(service: Service, out: string): Promise<Result<unknown>> {
  const made = await service.handlers['settings.export']({}, context);
  if (!made.ok) return made;
  const file = await service.document(made.value.documentId);
  return file.ok ? writeOutput(out, [await readFile(file.value.path)]) : file;
}

async function imported(service: Service, path: string): Promise<Result<unknown>> {
  let json: string;
  try {
    json = await readFile(path, 'utf8');
  } catch (cause) {
    return err('not-readable', `${path} cannot be read: ${(cause as Error).message}.`);
  }
  const taken = { name: basename(path), json };
  const result = await service.handlers['settings.import'](taken, context);
  if (result.ok) console.log(`${path} was taken over.`);
  return result.ok ? ok(undefined) : result;
}
