import { Command } from 'commander';
import { recordingReport } from '../../core/workbench';
import type { RecordingReport } from '../../core/recordings/recording-report';
import { statedOf, withStatedOptions, type StatedOptions } from '../lib/analysis-options';
import { sixDigits } from '../../shared/domain';
import { english } from '../../shared/words';
import { ageText } from '../../shared/words/age';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';

interface Options extends StatedOptions {
  json?: boolean;
  verify?: boolean;
}

/** `fiducial info RECORD`: what a record consists of. */
export function infoCommand(): Command {
  return withStatedOptions(
    new Command('info')
      .description('show what a record consists of: leads, rate, length, annotations, comments')
      .argument(
        '<record...>',
        'files of any format; of a WFDB record its .hea file, or its name alone',
      )
      .option('--json', 'print everything as JSON; of several records as a list')
      .option('--verify', 'read all samples and compare lengths and checksums with the header')
      .action((records: string[], options: Options) => show(records, options)),
  );
}

async function show(records: readonly string[], options: Options): Promise<void> {
  const reports: RecordingReport[] = [];
  for (const record of records) {
    const report = await interruptible((signal) =>
      recordingReport(record, {
        ...statedOf(options),
        verify: options.verify ?? false,
        signal,
      }),
    );
    if (report.ok) reports.push(report.value);
    else process.exitCode = fail(report.error);
  }
  if (reports.length === 0) return;
  if (options.json) {
    const [first] = reports;
    console.log(JSON.stringify(records.length === 1 ? first : reports, null, 2));
  } else console.log(reports.map(table).join('\n\n'));
}

function table(report: RecordingReport): string {
  const { patient } = report;
  const person = [
    patient.ageYears === null ? null : ageText(patient.ageYears, english),
    patient.sex === null ? null : { F: 'female', M: 'male' }[patient.sex],
  ].filter((part) => part !== null);
  const facts: [string, string][] = [
    ['record', `${report.name}${report.synthetic ? ' (synthetic)' : ''}`],
    ['file', report.path],
    ['format', report.formatTitle],
    ['duration', `${clock(report.durationS)} (${report.samplingRateHz} Hz)`],
    ['start', report.startClock?.replace('T', ' ').trim() ?? 'not stated'],
    ['patient', person.join(', ') || 'not stated'],
    ['annotations', report.annotators.join(', ') || 'none'],
    ['files', String(report.files.length)],
  ];
  const lines = facts.map(([name, value]) => `${name.padEnd(12)} ${value}`);
  lines.push('', ...leadRows(report));
  const measured = report.measurements.map(({ name, value, units }) =>
    `${name}: ${value} ${units}`.trimEnd(),
  );
  if (measured.length > 0) lines.push('', 'measured by the device:', ...measured);
  if (report.comments.length > 0)
    lines.push('', ...report.comments.map((comment) => `# ${comment}`));
  lines.push('', ...report.warnings.map((warning) => `warning: ${warning.message}`));
  if (report.warnings.length === 0) {
    lines.push(
      report.verified ? 'lengths and checksums agree' : 'no warnings (--verify compares checksums)',
    );
  }
  return lines.join('\n');
}

function leadRows(report: RecordingReport): string[] {
  const rows = [
    ['lead', 'unit', 'Hz', 'gain', 'baseline', 'bits', 'ECG', 'stored'],
    ...report.leads.map((lead) => [
      lead.name,
      lead.units,
      String(sixDigits(lead.samplingRateHz)),
      `${sixDigits(lead.gainAduPerUnit)}${lead.gainAssumed ? ' (assumed)' : ''}`,
      String(sixDigits(lead.baselineAdu)),
      String(lead.adcResolutionBits),
      lead.isEcg ? 'yes' : 'no',
      lead.storage ?? lead.derivedFrom ?? '',
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, k) => cell.padEnd(widths[k]!))
      .join('  ')
      .trimEnd(),
  );
}

/** `h:mm:ss` with tenths where there are any. */
function clock(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const whole = Math.floor(tenths / 10);
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = tenths % 10 === 0 ? '' : `.${tenths % 10}`;
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${rest}`;
}
