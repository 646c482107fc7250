import { Command } from 'commander';
import { openQueueAdmin, type QueuesStatus } from '../../core/service';
import type { QueueAdmin } from '../../core/queue/queue-admin';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { QUEUE_HELP, queueOption, readQueueAddress } from '../lib/queue-options';

interface Options {
  queue: string;
  json?: boolean;
}

/** `fiducial queue status|pause|resume|drain`: the queues of a Redis. */
export function queueCommand(): Command {
  const queue = new Command('queue').description(
    'look at the queues of scans, halt and empty them',
  );
  const add = (
    name: string,
    description: string,
    act: (admin: QueueAdmin, options: Options) => Promise<string>,
  ): Command =>
    queue
      .command(name)
      .description(description)
      .addOption(queueOption('where the queue is').makeOptionMandatory())
      .addHelpText('after', QUEUE_HELP)
      .action(async (options: Options) => {
        process.exitCode = EXIT.someFailed;
        process.exitCode = await withAdmin(options, (admin) => act(admin, options));
      });
  add('status', 'what waits, what is at work, and who works', async (admin, { json }) => {
    const status = await admin.status();
    return json ? JSON.stringify(status) : statusText(status);
  }).option('--json', 'print JSON');
  add('pause', 'let workers finish what they have and take nothing more', async (admin) => {
    await admin.pause();
    return 'paused';
  });
  add('resume', 'let workers go on', async (admin) => {
    await admin.resume();
    return 'resumed';
  });
  add(
    'drain',
    'take out what waits and end the scans that wait for it',
    async (admin, { json }) => {
      const drained = await admin.drain();
      return json ? JSON.stringify({ drained }) : `${drained} recordings taken out`;
    },
  ).option('--json', 'print JSON');
  return queue;
}

async function withAdmin(
  { queue }: Options,
  act: (admin: QueueAdmin) => Promise<string>,
): Promise<number> {
  const address = readQueueAddress(queue);
  if (!address.ok) return fail(address.error);
  const admin = await openQueueAdmin(address.value);
  if (!admin.ok) return fail(admin.error);
  try {
    console.log(await act(admin.value));
    return EXIT.done;
  } finally {
    await admin.value.close();
  }
}

function statusText({ queues, memoryBytes }: QueuesStatus): string {
  const lines = queues.map(({ name, paused, waiting, active, answered, failed, workers }) => {
    const state = paused ? ' (paused)' : '';
    const who = `workers: ${workers ?? 'unknown'}`;
    return `${name}${state}: ${waiting} waiting, ${active} at work, ${answered} answered, ${failed} given up, ${who}`;
  });
  if (lines.length === 0) lines.push('no queue');
  if (memoryBytes !== null) lines.push(`Redis uses ${(memoryBytes / 1e6).toFixed(1)} MB`);
  return lines.join('\n');
}
