import { Command, Option } from 'commander';
import { createReportPool } from '../../core/host';
import { LEAD_LAYOUTS } from '../../shared/domain';
import { LANGUAGES } from '../../shared/words';
import { withAnalysisOptions } from '../lib/analysis-options';
import { fail } from '../lib/fail';
import type { ReportCommandOptions } from '../lib/write-report';

/** `fiducial report RECORD --out FILE`: the PDF of what was found and decided. */
export function reportCommand(): Command {
  return withAnalysisOptions(
    new Command('report')
      .description('write the PDF report of a record, with the decisions made in the viewer')
      .argument('<record>', 'a recording')
      .requiredOption('--out <file>', 'PDF to write; an older one there is replaced')
      .option('--dicom', 'write the PDF inside a DICOM file (Encapsulated PDF), for an archive')
      .option('--model <id>', 'model to use instead of the default one')
      .addOption(
        new Option('--paper <size>', 'paper size (default: that of the settings)').choices([
          'A4',
          'Letter',
        ]),
      )
      .addOption(
        new Option(
          '--layout <rows>',
          'how a page of twelve leads is laid out (default: that of the settings, else 3x4)',
        ).choices(LEAD_LAYOUTS),
      )
      .addOption(
        new Option(
          '--language <tag>',
          'language of the report (default: that of the settings)',
        ).choices(LANGUAGES),
      )
      .option('--no-identity', 'leave out name, age, sex, comments, clock times and hashes')
      .option('--reader <name>', 'name for the signature line', '')
      .option(
        '--measure-attention',
        'measure how faithful the attention of every strip is (slower)',
      )
      .action(async (record: string, options: ReportCommandOptions) => {
        // What writes the PDF and what puts together what it says load beside each other.
        const pool = createReportPool();
        const { writeReport } = await import('../lib/write-report');
        const written = await writeReport(record, options, pool);
        if (!written.ok) process.exitCode = fail(written.error);
        else console.error(`fiducial: wrote ${options.out}`);
      }),
  );
}
