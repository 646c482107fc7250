import { Command } from 'commander';
import {
  annotationClock,
  detectRecord,
  fidAnnotations,
  statedPath,
  useOnce,
} from '../../core/workbench';
import { ok } from '../../shared/domain';
import { statedOf, withAnalysisOptions, type AnalysisOptions } from '../lib/analysis-options';
import { annotateRecords } from '../lib/annotate-records';
import { interruptible } from '../lib/interrupt';

interface Options extends AnalysisOptions {
  out: string;
  annotator: string;
  force?: boolean;
  json?: boolean;
}

/** `fiducial detect RECORD... --out DIR`: where the heartbeats are, as WFDB annotation files. */
export function detectCommand(): Command {
  return withAnalysisOptions(
    new Command('detect')
      .description('find the heartbeats of records and write them as WFDB annotation files')
      .argument('<record...>', 'records, headers or folders')
      .requiredOption('--out <dir>', 'folder to write RECORD.qrs into; made if absent')
      .option('--annotator <name>', 'extension of the files', 'qrs')
      .option('--force', 'replace files that exist')
      .option('--json', 'print one JSON object per record')
      .addHelpText(
        'after',
        `
All ECG leads (signals in V, mV or uV) are read together, or one with --lead; every beat is marked N, whatever its class
("fiducial annotate" tells classes). Exit code 0: every record was written; 1: some were not.`,
      )
      .action(async (paths: string[], options: Options) => {
        const lead = options.lead === undefined ? {} : { lead: options.lead };
        process.exitCode = await interruptible((signal) =>
          annotateRecords({
            paths,
            out: options.out,
            annotator: options.annotator,
            force: options.force ?? false,
            json: options.json ?? false,
            signal,
            annotate: (path, onProgress) =>
              useOnce(statedPath(path, statedOf(options)), async (recording) => {
                const beats = await detectRecord(recording, { ...lead, signal, onProgress });
                if (!beats.ok) return beats;
                const timeS = Float64Array.from(beats.value, (beat) => beat.timeS);
                const clock = annotationClock(recording);
                const annotations = fidAnnotations(
                  { beats: { timeS, beatClass: new Uint8Array(timeS.length) } },
                  clock,
                );
                return ok({
                  annotations,
                  timeResolutionHz: clock.timeResolutionHz,
                  summary: { beats: annotations.length },
                  warnings: recording.warnings,
                });
              }),
          }),
        );
      }),
  );
}
