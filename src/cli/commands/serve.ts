import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { SharedJobs } from '../../server/api/queued-jobs';
import { isLoopback } from '../../server/guard';
import type { RoleTokens } from '../../server/roles';
import { err, ok, type Result } from '../../shared/domain';
import { EXIT } from '../lib/exit-codes';
import { notWith, withOptionRules } from '../lib/option-rules';
import { portNumber, positiveInteger } from '../lib/options';
import { QUEUE_HELP, queueOption, readQueueAddress } from '../lib/queue-options';
import { untilStopped } from '../lib/until-stopped';

interface Options {
  root?: string;
  port: number;
  host: string;
  token?: string;
  quiet?: boolean;
  logFormat: 'text' | 'json';
  perMinute?: number;
  queue?: string;
  jobs?: string;
}

/** `fiducial serve`: the viewer for a browser, and the predict API. */
export function serveCommand(): Command {
  return withOptionRules(serving(), [notWith('--quiet', '--log-format')]);
}

function serving(): Command {
  return new Command('serve')
    .description('serve the viewer for a browser and the predict API (POST /predict, GET /docs)')
    .option('--root <dir>', 'folder whose records the viewer may open')
    .option('--port <n>', 'port to listen on; 0 lets the system choose', portNumber, 8080)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option(
      '--token <secret>',
      'secret that every request must carry; needed for any address but loopback. Others see it in the list of processes: set FIDUCIAL_TOKEN instead',
    )
    .option('--quiet', 'do not log requests')
    .addOption(
      new Option('--log-format <format>', 'a line of text or a JSON object per request')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option(
      '--per-minute <n>',
      'predictions that one address may ask for in a minute (default: any number)',
      positiveInteger('--per-minute', 1_000_000),
    )
    .addOption(
      queueOption('let jobs (POST /predict?async=1) wait in a queue that several servers share'),
    )
    .addOption(
      new Option(
        '--jobs <dir>',
        'with --queue: folder for uploads and answers of jobs, seen by every server of the queue',
      ).env('FIDUCIAL_JOBS'),
    )
    .addHelpText(
      'after',
      `
Variable FIDUCIAL_TOKEN is the same as --token, seen by nobody else. With a token of yours every request must carry it:
programs send "Authorization: Bearer TOKEN", a browser opens /?token=TOKEN once. Without one the predict API answers every
program on this machine, and the viewer whoever opens the address that is printed, whose token is random.
FIDUCIAL_PREDICT_TOKEN and FIDUCIAL_METRICS_TOKEN, beside FIDUCIAL_TOKEN, are for programs that may ask for predictions alone,
or for GET /metrics (Prometheus) alone.
The log names route, status and time, never a recording.
With --queue any server of the queue takes, works on and answers jobs, and they outlive each: a server that ends hands back
what it has, one that is gone is taken over. Uploads lie in --jobs until they are computed, an hour at most, and answers until
they are deleted, ten minutes at most. The API then reads nobody's settings.
${QUEUE_HELP}`,
    )
    .action(async (options: Options, command: Command) => {
      if (options.token !== undefined) {
        console.error(
          'fiducial: every user of this machine can read --token in the list of processes; set FIDUCIAL_TOKEN instead.',
        );
      }
      const root = options.root === undefined ? null : resolve(options.root);
      if (root !== null && !(await isFolder(root))) {
        command.error(`error: --root ${root} is not a folder`, { exitCode: EXIT.wrongUse });
      }
      const token = options.token ?? (process.env['FIDUCIAL_TOKEN'] || null);
      if (!isLoopback(options.host) && token === null) {
        command.error(`error: ${options.host} can be reached by others: give a --token`, {
          exitCode: EXIT.wrongUse,
        });
      }
      const roles = roleTokens(process.env, token);
      if (!roles.ok) command.error(`error: ${roles.error.message}`, { exitCode: EXIT.wrongUse });
      // The queue of this machine's workers alone makes no server one of several.
      const isOfWorkers = command.getOptionValueSource('queue') === 'env' && !options.jobs;
      const shared = sharedJobs(isOfWorkers ? {} : options);
      if (!shared.ok) command.error(`error: ${shared.error.message}`, { exitCode: EXIT.wrongUse });
      try {
        // The server's libraries are a tenth of a second that no other command should wait for.
        const { runServer } = await import('../lib/run-server');
        const server = await runServer({
          address: options.host,
          port: options.port,
          token,
          root,
          env: process.env,
          open: null,
          ...(options.quiet ? {} : { log: (line: string) => console.error(line) }),
          logFormat: options.logFormat,
          roles: roles.value,
          ...(shared.value ? { shared: shared.value } : {}),
          ...(options.perMinute === undefined ? {} : { perMinute: options.perMinute }),
        });
        // Whoever waits for this line may end the server with it.
        const stopped = untilStopped(server.close);
        // A token that the person knows stays out of whatever keeps this line.
        const viewer = `${server.url}/${token === null ? `?token=${server.pageToken}` : ''}`;
        const hint = token === null ? 'viewer' : 'viewer; with ?token=TOKEN the first time';
        console.log(`Fiducial serves ${viewer} (${hint}) and ${server.url}/docs (API).`);
        await stopped;
      } catch (cause) {
        console.error(`fiducial: ${(cause as Error).message}`);
        process.exitCode = EXIT.someFailed;
      }
    });
}

/** @returns `bad-input` where they would close nothing, or open what another one opens */
function roleTokens(
  env: Readonly<Record<string, string | undefined>>,
  token: string | null,
): Result<RoleTokens> {
  const predict = env['FIDUCIAL_PREDICT_TOKEN'];
  const metrics = env['FIDUCIAL_METRICS_TOKEN'];
  const given = [predict, metrics].filter(Boolean);
  if (given.length > 0 && token === null) {
    return err(
      'bad-input',
      'Tokens of roles close nothing without FIDUCIAL_TOKEN: set it as well.',
    );
  }
  if (new Set([...given, token]).size <= given.length) {
    return err('bad-input', 'Every token has to be another one.');
  }
  return ok({ ...(predict ? { predict } : {}), ...(metrics ? { metrics } : {}) });
}

/** @returns null where jobs wait in this process; `bad-input` for half of what a queue needs */
function sharedJobs({ queue, jobs }: Pick<Options, 'queue' | 'jobs'>): Result<SharedJobs | null> {
  if (queue === undefined && jobs === undefined) return ok(null);
  if (queue === undefined) return err('bad-input', '--jobs is for servers of a --queue.');
  if (jobs === undefined) {
    return err('bad-input', '--queue needs --jobs, a folder that every server of the queue sees.');
  }
  const address = readQueueAddress(queue);
  return address.ok ? ok({ address: address.value, dir: resolve(jobs) }) : address;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
