import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { entryPath } from '../../core/host';
import { startQueueWorker } from '../../core/service';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { positiveInteger } from '../lib/options';
import { QUEUE_HELP, queueOption, readQueueAddress } from '../lib/queue-options';
import { untilStopped } from '../lib/until-stopped';
import { version } from '../lib/version';
import { withWorkbench } from '../lib/workbench';

interface Options {
  queue: string;
  concurrency: number;
  model?: string;
  takeOver: number;
  quiet?: boolean;
}

/** `fiducial worker --queue ADDRESS`: reads recordings for scans that others began. */
export function workerCommand(): Command {
  return new Command('worker')
    .description('take recordings of scans from a queue, on any machine that sees the same archive')
    .addOption(queueOption('where the queue is').makeOptionMandatory())
    .option(
      '--concurrency <n>',
      'recordings at work at a time, each in a process of its own',
      positiveInteger('--concurrency', 256),
      Math.min(2, availableParallelism()),
    )
    .option('--model <id>', 'model whose scans to work for (default: the default model)')
    .option(
      '--take-over <seconds>',
      'what a worker had is taken over when it gave no sign of life for so long',
      positiveInteger('--take-over', 3600),
      30,
    )
    .option('--quiet', 'do not log recordings')
    .addHelpText(
      'after',
      `${QUEUE_HELP}
It works for scans of the same model in the same version, and for no other. SIGTERM and Ctrl-C let what is at work finish.
The log names jobs, never a recording. Nothing that was found is kept here.`,
    )
    .action(async (options: Options) => {
      process.exitCode = EXIT.someFailed;
      process.exitCode = await work(options);
    });
}

async function work(options: Options): Promise<number> {
  const address = readQueueAddress(options.queue);
  if (!address.ok) return fail(address.error);
  // Whoever began a scan on a queue read no settings either.
  const model = await withWorkbench(async ({ models, inference }) => {
    const found = await models.find(options.model ?? null);
    // Once for a machine; the processes that read use what is known.
    if (found.ok) await inference.tryDevices(found.value);
    return found;
  }, 'nobody');
  if (!model.ok) return fail(model.error);
  const worker = await startQueueWorker({
    address: address.value,
    version: version(),
    model: model.value,
    processor: entryPath('scan-processor'),
    concurrency: options.concurrency,
    takeOverMs: 1000 * options.takeOver,
    log: (line) => (options.quiet ? undefined : console.error(`fiducial: ${line}`)),
  });
  if (!worker.ok) return fail(worker.error);
  let isOrderly = true;
  const stopped = untilStopped(async () => {
    isOrderly = await worker.value.close();
  });
  console.log(`Fiducial takes recordings from ${worker.value.queueName}.`);
  await stopped;
  if (isOrderly) return EXIT.done;
  console.error(
    'fiducial: the queue does not answer; what this worker had, others take over when it is back.',
  );
  // The processes that read end with this one.
  return process.exit(EXIT.someFailed);
}
