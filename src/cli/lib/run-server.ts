import { join } from 'node:path';
import {
  admitDemoAtFirst,
  createNodeHost,
  dataDirectory,
  projectDir,
  removeTemporaryFolder,
  temporaryFolder,
  type Host,
} from '../../core/host';
import type { SharedJobs } from '../../server/api/queued-jobs';
import type { RoleTokens } from '../../server/roles';
import { startServer, type Server } from '../../server/start-server';
import type { Admitted } from '../../shared/contract';
import type { Result } from '../../shared/domain';
import { version } from './version';
import { adoptedDir, modelsDir, openWorkbench } from './workbench';

export interface RunServerOptions {
  readonly address: string;
  readonly port: number;
  readonly token: string | null;
  readonly root: string | null;
  /** Record or folder to open when a page connects. */
  readonly open: string | null;
  /** Folder of records that are opened instead, as long as nobody has opened anything. */
  readonly demo?: string;
  readonly log?: (line: string) => void;
  readonly logFormat?: 'text' | 'json';
  readonly roles?: RoleTokens;
  /** Where jobs wait that any of several servers may answer; absent: in this process. */
  readonly shared?: SharedJobs;
  /** Predictions that one address may ask for in a minute; absent: any number. */
  readonly perMinute?: number;
  /** Variables that may ask for spans; absent: none are sent, whatever is set. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface RunningServer extends Server {
  readonly opened: Result<Admitted> | null;
}

/** Starts the engine behind the viewer and the server before it; the API's own engine starts when first used. */
export async function runServer(options: RunServerOptions): Promise<RunningServer> {
  // Being ended before there is a server to close must leave nothing behind either.
  let stopped = false;
  const remember = (): void => void (stopped = true);
  process.once('SIGINT', remember);
  process.once('SIGTERM', remember);
  const uploadDir = await temporaryFolder('drop');
  const host = createNodeHost(
    {
      host: 'browser',
      version: version(),
      dataDir: dataDirectory(),
      modelsDir: modelsDir(),
      adoptedDir: adoptedDir(),
      demoPath: join(projectDir(), 'resources', 'demo', 'demo.hea'),
      root: options.root,
    },
    (reason) => console.error(`fiducial: the engine ended (${reason}) and is started again.`),
  );
  // The predict API has one of its own: its load never slows the viewer's engine.
  // Where several servers answer, all answer alike.
  const api = openWorkbench(options.shared ? 'nobody' : 'reader');
  const stop = async (): Promise<void> => {
    await host.close();
    await api.close();
    await removeTemporaryFolder(uploadDir);
  };
  try {
    let admitted: Admitted | null = null;
    const server = await startServer({
      address: options.address,
      port: options.port,
      token: options.token,
      version: version(),
      viewer: {
        host,
        root: options.root,
        uploadDir,
        rendererDir: join(projectDir(), 'out', 'renderer'),
        opened: () => admitted,
      },
      engine: () => api,
      ...(options.env ? { env: options.env } : {}),
      ...(options.log ? { log: options.log } : {}),
      ...(options.logFormat ? { logFormat: options.logFormat } : {}),
      ...(options.roles ? { roles: options.roles } : {}),
      ...(options.shared ? { shared: options.shared } : {}),
      ...(options.perMinute === undefined ? {} : { limits: { perMinute: options.perMinute } }),
    });
    if (options.root !== null) await host.admit([options.root]);
    const opened = await whatToOpen(host, options);
    // Told that nothing came in, the viewer would not open its last recording either.
    if (opened?.ok && opened.value.entries.length > 0) admitted = opened.value;
    if (stopped) {
      await server.close();
      throw new Error('it was stopped while it started.');
    }
    return {
      ...server,
      opened,
      async close() {
        // Whatever becomes of the server, its engines end.
        await server.close().finally(stop);
      },
    };
  } catch (cause) {
    await stop();
    throw cause;
  } finally {
    process.off('SIGINT', remember);
    process.off('SIGTERM', remember);
  }
}

function whatToOpen(
  host: Host,
  { open, demo }: RunServerOptions,
): Promise<Result<Admitted>> | null {
  if (open !== null) return host.admit([open]);
  return demo === undefined ? null : admitDemoAtFirst(host, demo);
}
