import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import type { ReviewFile } from '../../core/review/exchange';
import { agreementText, readsLine, type Service } from '../../core/service';
import {
  err,
  ok,
  type AnalysisStatus,
  type ImportMark,
  type ReadComparison,
  type Result,
} from '../../shared/domain';
import { english } from '../../shared/words';
import { withAnalysisOptions, type AnalysisOptions } from '../lib/analysis-options';
import { checkFolder } from '../lib/check-output';
import { fail } from '../lib/fail';
import { interruptible } from '../lib/interrupt';
import { onlyWith, withOptionRules } from '../lib/option-rules';
import { copyOutput } from '../lib/write-output';
import { admitOne, analyse, withService } from '../lib/with-service';

interface Options extends AnalysisOptions {
  json?: boolean;
  model?: string;
  import?: string;
  reader?: string;
  as?: string;
  agreement?: boolean;
  second?: string;
  csv?: string;
}

/** `fiducial review RECORD`: decisions and their trail; export, import, CSV. */
export function reviewCommand(): Command {
  const command = withAnalysisOptions(
    new Command('review')
      .description('show what was decided on a record, and every step that led there')
      .argument('<record>', 'a recording')
      .option('--json', 'print decisions and trail as JSON; this is also the export format')
      .option('--import <file>', 'take over a review exported with --json')
      .option('--reader <name>', 'who takes it over, instead of the name in the settings')
      .option('--as <name>', 'name under which its one reader becomes a second reader')
      .option('--agreement', 'how two reads agree, and on which events they differ')
      .option('--second <name>', 'whose second read, instead of the one that began last')
      .option('--csv <dir>', 'write segments.csv and beats.csv to a folder')
      .option('--model <id>', 'model whose verdicts were decided on, instead of the default one')
      .action(async (record: string, options: Options) => {
        const review = await interruptible((signal) =>
          withService((service) => reviewOf(service, record, options, signal)),
        );
        if (!review.ok) {
          process.exitCode = fail(review.error);
          return;
        }
        const { file, reads } = review.value;
        const asText = (): string => (reads ? readsSummary(reads) : summary(file));
        console.log(options.json ? JSON.stringify(reads ?? file, null, 2) : asText());
      }),
  );
  return withOptionRules(command, [
    onlyWith('--import', '--reader', '--as'),
    onlyWith('--agreement', '--second'),
  ]);
}

interface Shown {
  readonly file: ReviewFile;
  /** Where their agreement is asked for. */
  readonly reads: ReadComparison | null;
}

async function reviewOf(
  service: Service,
  record: string,
  options: Options,
  signal: AbortSignal,
): Promise<Result<Shown>> {
  const place = options.csv === undefined ? ok('') : await checkFolder(options.csv);
  if (!place.ok) return place;
  const entry = await admitOne(service, record, options);
  if (!entry.ok) return entry;
  const status = await analyse(service, entry.value, options, signal);
  if (!status.ok) return status;
  if (options.import !== undefined) {
    const imported = await importReview(service, status.value, options, signal);
    if (!imported.ok) return imported;
  }
  const { analysisId } = status.value;
  const file = await service.exportReview(analysisId);
  if (!file.ok) return file;
  if (options.csv !== undefined) {
    const written = await writeCsv(service, status.value, options.csv, signal);
    if (!written.ok) return written;
  }
  if (!options.agreement) return ok({ file: file.value, reads: null });
  const { second } = options;
  const asked = { analysisId, ...(second === undefined ? {} : { second }) };
  const reads = await service.handlers['review.compare'](asked, { signal });
  return reads.ok ? ok({ file: file.value, reads: reads.value }) : reads;
}

async function importReview(
  service: Service,
  { analysisId }: AnalysisStatus,
  { import: path = '', reader, as }: Options,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  const by = await readerName(service, reader, signal);
  if (!by.ok) return by;
  let json: string;
  try {
    json = await readFile(path, 'utf8');
  } catch (cause) {
    return err('not-readable', `${path} cannot be read: ${(cause as Error).message}.`);
  }
  const name = as === undefined ? {} : { as };
  const taken = { analysisId, name: basename(path), json, reader: by.value, ...name };
  return service.handlers['review.import'](taken, { signal });
}

async function readerName(
  service: Service,
  named: string | undefined,
  signal: AbortSignal,
): Promise<Result<string>> {
  if (named !== undefined) return ok(named);
  const settings = await service.handlers['settings.get']({}, { signal });
  return settings.ok ? ok(settings.value.readerName) : settings;
}

async function writeCsv(
  service: Service,
  { analysisId }: AnalysisStatus,
  dir: string,
  signal: AbortSignal,
): Promise<Result<void>> {
  for (const [form, name] of [
    ['segments-csv', 'segments.csv'],
    ['findings-csv', 'findings.csv'],
    ['beats-csv', 'beats.csv'],
    ['marks-csv', 'marks.csv'],
  ] as const) {
    const made = await service.handlers['review.export']({ analysisId, form }, { signal });
    if (!made.ok) return made;
    const document = await service.document(made.value.documentId);
    if (!document.ok) return document;
    const copied = await copyOutput(document.value.path, join(dir, name));
    if (!copied.ok) return copied;
  }
  return ok(undefined);
}

function summary({ record, modelId, state, events }: ReviewFile): string {
  const { counts } = state;
  const agreement =
    counts.agreement === null ? '' : `, agreement ${(100 * counts.agreement).toFixed(0)} %`;
  return [
    `${record}, model ${modelId}`,
    `${counts.flagged} segments flagged, ${counts.decided} of them decided`,
    `${counts.agreed} agreed, ${counts.overruled} overruled, ${counts.unsure} unsure${agreement}`,
    ...events.map(
      ({ sequence, atMs, reader, action, edit, imported }) =>
        `${String(sequence).padStart(5)}  ${new Date(atMs).toISOString()}  ${reader || 'no name'}  ${action}  ${describe(edit)}${imported ? `  ${marked(imported)}` : ''}`,
    ),
  ].join('\n');
}

function readsSummary(reads: ReadComparison): string {
  const { events, segments, differences } = reads;
  return [
    readsLine(reads, english),
    agreementText('events', events, english),
    agreementText('segments', segments, english),
    ...differences.map(({ finding, first, second, adjudicated }) => {
      const settled = adjudicated
        ? `${adjudicated.state} by ${adjudicated.reader || 'no name'} (${adjudicated.take})`
        : 'not settled';
      return `${finding.id}  first ${first.state}, second ${second.state}, ${settled}`;
    }),
  ].join('\n');
}

function marked({ from, by, atMs }: ImportMark): string {
  return `(imported from ${from} by ${by || 'no name'}, ${new Date(atMs).toISOString()})`;
}

function describe(edit: ReviewFile['events'][number]['edit']): string {
  const note = 'note' in edit && edit.note ? `, "${edit.note}"` : '';
  const about = 'adjudicates' in edit ? edit.adjudicates : undefined;
  const said = `${about ? `, adjudicated: ${about.take}` : ''}${note}`;
  switch (edit.kind) {
    case 'decide-segments':
      return `${edit.decision}, segment ${edit.segments.map((segment) => segment + 1).join(', ')}${said}`;
    case 'decide-findings': {
      const ids = edit.findings.slice(0, 3).map(({ id }) => id);
      const more = edit.findings.length > 3 ? ` and ${edit.findings.length - 3} more` : '';
      return `${edit.decision}, ${ids.join(', ')}${more}${said}`;
    }
    case 'relabel-beats':
      return `${edit.timesS.length} beats to ${edit.beatClass}, ${edit.family}`;
    case 'see-beats':
      return `${edit.timesS.length} beats seen, ${edit.family}`;
    case 'form-beats':
      return `${edit.timesS.length} beats made one form, ${edit.family}`;
    case 'delete-beats':
      return `${edit.timesS.length} beats taken out, ${edit.family}`;
    case 'move-fiducial':
      return `${edit.fiducial} of the averaged beat from ${edit.startS.toFixed(1)} s ${edit.atMs === null ? 'is not there' : `at ${edit.atMs} ms`}`;
    case 'set-caliper':
      return edit.mark
        ? `${edit.mark.kind} from ${edit.mark.startS.toFixed(3)} to ${edit.mark.endS.toFixed(3)} s`
        : `mark ${edit.id} removed`;
    case 'edit-report':
      return `report: ${Object.keys(edit.report).join(', ')}`;
    case 'second-read':
      return `second read by ${edit.second}: ${edit.step}`;
    case 'sign-report':
      return `report signed, version ${edit.signature.version}`;
    default:
      return `${edit.kind} at ${edit.timeS.toFixed(3)} s`;
  }
}
