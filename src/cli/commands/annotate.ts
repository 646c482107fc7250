import { Command } from 'commander';
import {
  analyseRecord,
  fidAnnotations,
  statedPath,
  isFibrillation,
  reportedEpisodes,
} from '../../core/workbench';
import { BEAT_CLASSES, err, ok } from '../../shared/domain';
import { statedOf, withAnalysisOptions, type AnalysisOptions } from '../lib/analysis-options';
import { annotateRecords, type Summary } from '../lib/annotate-records';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { withWorkbench } from '../lib/workbench';

interface Options extends AnalysisOptions {
  out: string;
  annotator: string;
  model?: string;
  notes?: boolean;
  force?: boolean;
  json?: boolean;
}

/** `fiducial annotate RECORD... --out DIR`: beats with classes and AF episodes, as WFDB annotation files. */
export function annotateCommand(): Command {
  return withAnalysisOptions(
    new Command('annotate')
      .description(
        'class the heartbeats of records, find atrial fibrillation, write WFDB annotations',
      )
      .argument('<record...>', 'records, headers or folders')
      .requiredOption('--out <dir>', 'folder to write RECORD.fid into; made if absent')
      .option('--annotator <name>', 'extension of the files', 'fid')
      .option('--model <id>', 'model to use (default: as in the settings)')
      .option('--notes', 'also write a comment per segment that is not Normal')
      .option('--force', 'replace files that exist')
      .option('--json', 'print one JSON object per record')
      .addHelpText(
        'after',
        `
Beats are marked N, S, V, F or Q (ANSI/AAMI EC57); rhythm changes are + with (AFIB and (N. For research
and education only. Exit code 0: every record was written; 1: some were not.`,
      )
      .action(async (paths: string[], options: Options) => {
        process.exitCode = await interruptible((signal) =>
          withWorkbench(async (bench) => {
            const model = await bench.models.find(options.model ?? null);
            if (!model.ok) return fail(model.error);
            if (model.value.card.kind !== 'beat-attention') {
              const { id } = model.value.card;
              return fail(
                err('bad-input', `Model ${id} gives verdicts on segments and classes no beats.`)
                  .error,
              );
            }
            return annotateRecords({
              paths,
              out: options.out,
              annotator: options.annotator,
              force: options.force ?? false,
              json: options.json ?? false,
              signal,
              async annotate(file, onProgress) {
                const path = statedPath(file, statedOf(options));
                const analysed = await analyseRecord({
                  ...bench,
                  path,
                  model: model.value,
                  lead: options.lead ?? null,
                  signal,
                  onProgress,
                });
                if (!analysed.ok) return analysed;
                const { result, clock, findings } = analysed.value;
                const { beats } = result;
                const episodes = reportedEpisodes(result.episodes, findings.findings);
                const segments = options.notes ? findings.segments : [];
                const content = { beats, episodes, segments };
                return ok({
                  annotations: fidAnnotations(content, clock),
                  timeResolutionHz: clock.timeResolutionHz,
                  summary: summarise(
                    beats.beatClass,
                    episodes.filter(({ rhythm }) => isFibrillation(rhythm)).length,
                  ),
                  warnings: analysed.value.info.warnings,
                });
              },
            });
          }),
        );
      }),
  );
}

function summarise(beatClass: Uint8Array, episodes: number): Summary {
  const counts = BEAT_CLASSES.map((name, code): [string, number] => [
    name,
    beatClass.filter((own) => own === code).length,
  ]);
  return { beats: beatClass.length, ...Object.fromEntries(counts), 'AF episodes': episodes };
}
