import { Command, Option } from 'commander';
import type { Service } from '../../core/service';
import { LEAD_LAYOUTS, type LeadLayout, type Result } from '../../shared/domain';
import { LANGUAGES, type Language } from '../../shared/words';
import { withAnalysisOptions, type AnalysisOptions } from '../lib/analysis-options';
import { checkOutput } from '../lib/check-output';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { copyOutput } from '../lib/write-output';
import { admitOne, analyse, withService } from '../lib/with-service';

interface Options extends AnalysisOptions {
  out: string;
  model?: string;
  paper: 'A4' | 'Letter';
  identity: boolean;
  reader: string;
  measureAttention?: boolean;
  layout?: LeadLayout;
  language?: Language;
  dicom?: boolean;
}

/** `fiducial report RECORD --out FILE`: the PDF of what was found and decided. */
export function reportCommand(): Command {
  return withAnalysisOptions(
    new Command('report')
      .description('write the PDF report of a record, with the decisions made in the viewer')
      .argument('<record>', 'a recording')
      .requiredOption('--out <file>', 'PDF to write; an older one there is replaced')
      .option('--dicom', 'write the PDF inside a DICOM file (Encapsulated PDF), for an archive')
      .option('--model <id>', 'model to use instead of the default one')
      .addOption(new Option('--paper <size>', 'paper size').choices(['A4', 'Letter']).default('A4'))
      .addOption(
        new Option('--layout <rows>', 'how a page of twelve leads is laid out').choices(
          LEAD_LAYOUTS,
        ),
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
      .action(async (record: string, options: Options) => {
        const written = await interruptible((signal) =>
          withService((service) => writeReportOf(service, record, options, signal)),
        );
        if (!written.ok) process.exitCode = fail(written.error);
        else console.error(`fiducial: wrote ${options.out}`);
      }),
  );
}

async function writeReportOf(
  service: Service,
  record: string,
  options: Options,
  signal: AbortSignal,
): Promise<Result<void>> {
  const place = await checkOutput(options.out, [record]);
  if (!place.ok) return place;
  void service.prepareReport();
  const entry = await admitOne(service, record, options);
  if (!entry.ok) return entry;
  const status = await analyse(service, entry.value, options, signal);
  if (!status.ok) return status;
  const { analysisId } = status.value;
  const { paper, identity, reader, measureAttention = false, dicom, layout, language } = options;
  const form = dicom ? 'dicom' : 'pdf';
  const report = await service.handlers['report.create'](
    {
      analysisId,
      paper,
      identity,
      reader,
      measureAttention,
      form,
      ...(layout ? { layout } : {}),
      ...(language ? { language } : {}),
    },
    { signal },
  );
  if (!report.ok) return report;
  const document = await service.document(report.value.documentId);
  return document.ok ? copyOutput(document.value.path, options.out) : document;
}
