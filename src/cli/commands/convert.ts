import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { chooseShiftWeeks, convertRecording, findRecords, outputNames } from '../../core/workbench';
import type { ConvertOptions } from '../../core/convert/convert-recording';
import type { Written } from '../../core/formats/shared/writing/writer';
import type { Service } from '../../core/service';
import { RECORDING_FORMS, type RecordingForm } from '../../shared/contract';
import { ok, type Result } from '../../shared/domain';
import { statedOf, withAnalysisOptions, type AnalysisOptions } from '../lib/analysis-options';
import { convertFound, FOUND_TARGETS, type FoundTarget } from '../lib/convert-found';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { withOptionRules } from '../lib/option-rules';
import { createProgress } from '../lib/progress';
import { withService } from '../lib/with-service';

const TARGETS = [...new Set([...RECORDING_FORMS, ...FOUND_TARGETS])];
type Target = RecordingForm | FoundTarget;

interface Options extends AnalysisOptions {
  to: Target;
  out: string;
  anonymise?: boolean;
  force?: boolean;
  json?: boolean;
}

/** `fiducial convert INPUT... --to FORMAT --out DIR`: recordings of any format, as others read them. */
export function convertCommand(): Command {
  const command = withAnalysisOptions(
    new Command('convert')
      .description('write recordings of any format in another')
      .argument('<input...>', 'recordings of any format, archives or folders')
      .addOption(
        new Option('--to <format>', 'what to write').choices(TARGETS).makeOptionMandatory(),
      )
      .requiredOption('--out <dir>', 'folder to write into; made if absent')
      .option('--anonymise', 'leave out who was recorded, and move dates back by whole weeks')
      .option('--force', 'replace files that exist')
      .option('--json', 'print one JSON object per recording')
      .addHelpText(
        'after',
        `
wfdb: NAME.hea, NAME.dat and NAME.atr; the same integers, gain and baseline, gaps as missing samples.
edf:  NAME.edf, EDF+; gaps as EDF+D, annotations; values of more than 16 bits are rounded to 16.
dicom: NAME.dcm, a 12-lead, General or Ambulatory ECG waveform; missing samples as padding.
csv: NAME-samples.csv with times and millivolts, leads of each rate apart; NAME-beats.csv with classes and RR,
NAME-findings.csv. parquet: NAME-beats.parquet and NAME-segments.parquet. fhir: NAME.fhir.json, an R4 bundle of
observations with the report. Beats, segments, findings and report are those of the default model, as readers left them.
NAME is the file's name without its ending. Anonymised files keep it, so rename what is called after a person;
the texts of annotations stay too. Exit code 0: everything was written; 1: some was not.`,
      )
      .action(async (inputs: string[], options: Options) => {
        process.exitCode = await interruptible((signal) => convert(inputs, options, signal));
      }),
  );
  return withOptionRules(command, [
    {
      options: ['--lead'],
      counts: ({ to }) => isOfFindings(to as Target),
      what: `is for what is found (--to ${FOUND_TARGETS.join(', ')}); others hold every lead`,
    },
  ]);
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
  if (paths.length === 0 && problems.length === 0) {
    fail({ code: 'not-found', message: `There is no recording in ${inputs.join(', ')}.` });
  }
  const convertAll = async (service: Service | null): Promise<Result<boolean>> =>
    ok(await convertEach(paths, options, service, signal));
  const done = isOfFindings(options.to) ? await withService(convertAll) : await convertAll(null);
  if (!done.ok) return fail(done.error);
  const whole = done.value && problems.length === 0 && paths.length > 0;
  return whole ? EXIT.done : EXIT.someFailed;
}

function isOfFindings(to: Target): to is FoundTarget {
  return FOUND_TARGETS.some((target) => target === to);
}

/** @returns whether everything was written */
async function convertEach(
  paths: readonly string[],
  options: Options,
  service: Service | null,
  signal: AbortSignal,
): Promise<boolean> {
  const anonymiseWeeks = options.anonymise ? chooseShiftWeeks() : null;
  const names = outputNames();
  const progress = createProgress();
  let whole = true;
  for (const [i, path] of paths.entries()) {
    const name = names.take(path);
    const shown = `${name} (${i + 1} of ${paths.length})`;
    const onProgress = (done: number) => progress.update(`${shown}: ${Math.round(100 * done)} %`);
    const how = { name, anonymiseWeeks, signal, onProgress };
    const written = await convertOne(path, options, how, service);
    progress.end();
    if (written.ok) print(path, written.value, options.json ?? false);
    else {
      whole = false;
      names.free(name);
      fail(written.error);
      if (written.error.code === 'cancelled') break;
    }
  }
  return whole;
}

interface How extends Pick<ConvertOptions, 'anonymiseWeeks' | 'onProgress'> {
  readonly name: string;
  readonly signal: AbortSignal;
}

/** Writes the recording itself, what was found in it, or both. */
async function convertOne(
  path: string,
  options: Options,
  how: How,
  service: Service | null,
): Promise<Result<Written>> {
  const { to, out, force: overwrite = false } = options;
  const target = { ...how, folder: resolve(out), overwrite };
  const form = RECORDING_FORMS.find((one) => one === to);
  const stated = statedOf(options);
  const recording =
    form && (await convertRecording(path, how.name, { ...target, to: form, stated }));
  if (recording && (!recording.ok || !isOfFindings(to))) return recording;
  const identity = how.anonymiseWeeks === null;
  const found = await convertFound(service!, path, {
    ...target,
    to: to as FoundTarget,
    identity,
    read: options,
  });
  if (!recording) return found;
  const { files, warnings } = recording.value;
  if (found.ok) return ok({ files: [...files, ...found.value.files], warnings });
  // The samples of what has no ECG lead are worth having all the same.
  if (found.error.code !== 'unsupported') return found;
  const message = `${found.error.message} Only its samples were written.`;
  return ok({ files, warnings: [...warnings, { code: 'not-analysed', message }] });
}

function print(input: string, { files, warnings }: Written, json: boolean): void {
  if (json) {
    console.log(JSON.stringify({ input, files, warnings }));
    return;
  }
  for (const { message } of warnings) console.error(`warning: ${message}`);
  console.log(`${input} -> ${files.at(-1)}`);
}
