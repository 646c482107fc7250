import { Command } from 'commander';
import { detectRecord } from '../../core/beats/detect-record';
import { fidAnnotations } from '../../core/beats/fid-annotations';
import { openRecord } from '../../core/formats/wfdb';
import { ok } from '../../shared/domain';
import { annotateRecords } from '../lib/annotate-records';
import { interruptible } from '../lib/interrupt';

interface Options {
  out: string;
  annotator: string;
  force?: boolean;
  json?: boolean;
}

/** `fiducial detect RECORD... --out DIR`: where the heartbeats are, as WFDB annotation files. */
export function detectCommand(): Command {
  return new Command('detect')
    .description('find the heartbeats of records and write them as WFDB annotation files')
    .argument('<record...>', 'records, headers or folders')
    .requiredOption('--out <dir>', 'folder to write RECORD.qrs into; made if absent')
    .option('--annotator <name>', 'extension of the files', 'qrs')
    .option('--force', 'replace files that exist')
    .option('--json', 'print one JSON object per record')
    .addHelpText(
      'after',
      `
All ECG leads (signals in V, mV or uV) are read together; every beat is marked N, whatever its class
("fiducial annotate" tells classes). Exit code 0: every record was written; 1: some were not.`,
    )
    .action(async (paths: string[], options: Options) => {
      process.exitCode = await interruptible((signal) =>
        annotateRecords({
          paths,
          out: options.out,
          annotator: options.annotator,
          force: options.force ?? false,
          json: options.json ?? false,
          signal,
          async annotate(headerPath, onProgress) {
            const opened = await openRecord(headerPath);
            if (!opened.ok) return opened;
            const reader = opened.value;
            try {
              const beats = await detectRecord(reader, { signal, onProgress });
              if (!beats.ok) return beats;
              const timeS = Float64Array.from(beats.value, (beat) => beat.timeS);
              const annotations = fidAnnotations(
                { beats: { timeS, beatClass: new Uint8Array(timeS.length) } },
                reader.frameRateHz,
                reader.frames,
              );
              return ok({ annotations, summary: { beats: annotations.length } });
            } finally {
              await reader.close();
            }
          },
        }),
      );
    });
}
