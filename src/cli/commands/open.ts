import { join } from 'node:path';
import { Command } from 'commander';
import { projectDir } from '../../core/host';
import { EXIT } from '../lib/exit-codes';
import { fail } from '../lib/fail';
import { portNumber } from '../lib/options';
import { untilStopped } from '../lib/until-stopped';

interface Options {
  port: number;
  browser: boolean;
}

/** `fiducial open [RECORD]`: the viewer in the system's browser, on a record or on what was open last. */
export function openCommand(): Command {
  return new Command('open')
    .description('show a record in the viewer in your browser')
    .argument(
      '[record]',
      'record, header or folder; when left out, what was open last, and at first the synthetic demo',
    )
    .option('--port <n>', 'port to listen on; 0 lets the system choose', portNumber, 0)
    .option('--no-browser', 'only print the address')
    .action(async (record: string | undefined, options: Options) => {
      try {
        // The server's libraries are a tenth of a second that no other command should wait for.
        const { runServer } = await import('../lib/run-server');
        const server = await runServer({
          address: '127.0.0.1',
          port: options.port,
          token: process.env['FIDUCIAL_TOKEN'] || null,
          root: null,
          open: record ?? null,
          demo: join(projectDir(), 'resources', 'demo'),
        });
        if (server.opened && !server.opened.ok) {
          await server.close();
          process.exitCode = fail(server.opened.error);
          return;
        }
        console.log(`Fiducial serves ${server.url}/?token=${server.pageToken} (Ctrl-C ends it).`);
        // What a browser is started with stands in the list of processes for every user to read.
        if (options.browser) await showIn(`${server.url}/?token=${server.oneTimeToken()}`);
        await untilStopped(server.close);
      } catch (cause) {
        console.error(`fiducial: ${(cause as Error).message}`);
        process.exitCode = EXIT.someFailed;
      }
    });
}

/** Where there is no browser, the printed address has to do. */
async function showIn(url: string): Promise<void> {
  try {
    const { default: openInBrowser } = await import('open');
    const child = await openInBrowser(url);
    child.once('error', () =>
      console.error('No browser could be started; open the address above.'),
    );
  } catch {
    console.error('No browser could be started; open the address above.');
  }
}
