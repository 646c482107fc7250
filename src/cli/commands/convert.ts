import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { chooseShiftWeeks } from '../../core/convert/anonymise';
import { convertRecording, outputNames } from '../../core/convert/convert-recording';
import { TARGETS, type Target } from '../../core/convert/targets';
import type { Written } from '../../core/formats/shared/writing/writer';
import { findRecords } from '../../core/recordings/find-records';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { positiveNumber } from '../lib/options';
import { createProgress } from '../lib/progress';

interface Options {
  to: Target;
  out: string;
  anonymise?: boolean;
  force?: boolean;
  fs?: number;
  gain?: number;
  json?: boolean;
}

/** `fiducial convert INPUT... --to FORMAT --out DIR`: recordings of any format, as others read them. */
export function convertCommand(): Command {
  return new Command('convert')
    .description('write recordings of any format in another')
    .argument('<input...>', 'recordings of any format, archives or folders')
    .addOption(new Option('--to <format>', 'what to write').choices(TARGETS).makeOptionMandatory())
    .requiredOption('--out <dir>', 'folder to write into; made if absent')
    .option('--anonymise', 'leave out who was recorded, and move dates back by whole weeks')
    .option('--force', 'replace files that exist')
    .option('--fs <hz>', 'sampling rate of files that state none', positiveNumber('--fs'))
    .option('--gain <adu>', 'ADU per mV of files that state none', positiveNumber('--gain'))
    .option('--json', 'print one JSON object per recording')
    .addHelpText(
      'after',
      `
wfdb: NAME.hea, NAME.dat and NAME.atr; the same integers, gain and baseline, gaps as missing samples.
edf:  NAME.edf, EDF+; gaps as EDF+D, annotations; values of more than 16 bits are rounded to 16.
dicom: NAME.dcm, a 12-lead, General or Ambulatory ECG waveform; missing samples as padding.
NAME is the file's name without its ending. Anonymised files keep it, so rename what is called after a person;
the texts of annotations stay too. Exit code 0: everything was written; 1: some was not.`,
    )
    .action(async (inputs: string[], options: Options) => {
      process.exitCode = await interruptible((signal) => convert(inputs, options, signal));
    });
}

async function convert(
  inputs: readonly string[],
  options: Options,
  signal: AbortSignal,
): Promise<number> {
  const found = await findRecords(inputs, signal);
  if (!found.ok) return fail(found.error);
  const { paths, problems } = found.value;
  for (const problem of problems) fail(problem);
  let failed = problems.length > 0 || paths.length === 0;
  if (paths.length === 0 && problems.length === 0) {
    fail({ code: 'not-found', message: `There is no recording in ${inputs.join(', ')}.` });
  }
  const anonymiseWeeks = options.anonymise ? chooseShiftWeeks() : null;
  const names = outputNames();
  const progress = createProgress();
  for (const [i, path] of paths.entries()) {
    const name = names.take(path);
    const written = await convertRecording(path, name, {
      to: options.to,
      folder: resolve(options.out),
      overwrite: options.force ?? false,
      anonymiseWeeks,
      open: {
        ...(options.fs === undefined ? {} : { samplingRateHz: options.fs }),
        ...(options.gain === undefined ? {} : { gainAduPerMv: options.gain }),
      },
      signal,
      onProgress: (done) =>
        progress.update(`${name} (${i + 1} of ${paths.length}): ${Math.round(100 * done)} %`),
    });
    progress.end();
    if (written.ok) print(path, written.value, options.json ?? false);
    else {
      failed = true;
      names.free(name);
      fail(written.error);
      if (written.error.code === 'cancelled') break;
    }
  }
  return failed ? EXIT.someFailed : EXIT.done;
}

function print(input: string, { files, warnings }: Written, json: boolean): void {
  if (json) {
    console.log(JSON.stringify({ input, files, warnings }));
    return;
  }
  for (const { message } of warnings) console.error(`warning: ${message}`);
  console.log(`${input} -> ${files.at(-1)}`);
}
