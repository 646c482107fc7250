import { Command } from 'commander';
import { LabelScheme, type Failure } from '../../shared/domain';
import { prepareSegments } from '../../core/evaluation/prepare';
import { parseRecordList, selectRecords } from '../../core/evaluation/select-records';
import { table } from '../../core/evaluation/text-report';

interface Options {
  out: string;
  records?: string;
  scheme: string;
  annotator: string;
  json?: boolean;
}

/** `fiducial prepare DB --out DIR`: training tensors from the application's own signal chain. */
export function prepareCommand(): Command {
  return new Command('prepare')
    .description('write the training tensors of an annotated database (segments.f32, index.json)')
    .argument('<database>', 'folder of WFDB records with reference annotations')
    .requiredOption('--out <dir>', 'folder to write to')
    .option('--records <list>', 'ds1, ds2, paced, names with commas between, or a file of names')
    .option('--scheme <scheme>', `labels to count: ${LabelScheme.options.join(', ')}`, 'majority')
    .option('--annotator <name>', 'extension of the annotation files', 'atr')
    .option('--json', 'print what was written as JSON')
    .action(async (database: string, options: Options, command: Command) => {
      const scheme = LabelScheme.safeParse(options.scheme);
      if (!scheme.success) {
        command.error(`error: --scheme is one of ${LabelScheme.options.join(', ')}`, {
          exitCode: 2,
        });
      }
      const fail = ({ message }: Failure): void => {
        console.error(`fiducial prepare: ${message}`);
        process.exitCode = 1;
      };
      const records = options.records ? await parseRecordList(options.records) : null;
      if (records && !records.ok) return fail(records.error);
      const selected = await selectRecords(database, records?.value ?? null);
      if (!selected.ok) return fail(selected.error);
      selected.value.problems.forEach(fail);
      const total = selected.value.headerPaths.length;
      const prepared = await prepareSegments({
        headerPaths: selected.value.headerPaths,
        outDir: options.out,
        annotator: options.annotator,
        onRecord: (done, record, problem) => {
          process.stderr.write(
            `${done}/${total} ${record}${problem ? ` ${problem.message}` : ''}\n`,
          );
          if (problem) process.exitCode = 1;
        },
      });
      if (!prepared.ok) return fail(prepared.error);

      const { segments, problems } = prepared.value;
      const names = [...new Set(segments.map(({ record }) => record))];
      const counts = names.map((name) => {
        const own = segments.filter(({ record }) => record === name);
        const labelled = own.filter(({ labels }) => labels !== null);
        return {
          record: name,
          segments: own.length,
          labelled: labelled.length,
          abnormal: labelled.filter(({ labels }) => labels![scheme.data!] === 'Abnormal').length,
          unreadable: own.filter(({ unreadable }) => unreadable !== null).length,
        };
      });
      if (options.json) {
        console.log(
          JSON.stringify({ out: options.out, scheme: scheme.data, records: counts, problems }),
        );
        return;
      }
      const sum = (key: 'segments' | 'labelled' | 'abnormal' | 'unreadable'): number =>
        counts.reduce((all, row) => all + row[key], 0);
      const all = { record: 'all', segments: sum('segments'), labelled: sum('labelled') };
      console.log(
        table([
          ['record', 'segments', 'labelled', `Abnormal (${scheme.data})`, 'Unreadable'],
          ...[...counts, { ...all, abnormal: sum('abnormal'), unreadable: sum('unreadable') }].map(
            (row) =>
              [row.record, row.segments, row.labelled, row.abnormal, row.unreadable].map(String),
          ),
        ]),
      );
    });
}
