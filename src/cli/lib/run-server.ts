import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../core/base/temporary-folders';
import { createModels } from '../../core/analysis/models';
import { dataDirectory } from '../../core/base/data-dir';
import { admitDemoAtFirst } from '../../core/processes/admit-demo';
import { entryPath, projectDir } from '../../core/processes/entries';
import type { Host } from '../../core/processes/host';
import { createLocalInference } from '../../core/processes/local-inference';
import { createNodeHost } from '../../core/processes/node-host';
import { createRecordingCache } from '../../core/recordings/recording-cache';
import { openRecording } from '../../core/formats/list';
import { createPool } from '../../core/workers/pool';
import type { PredictEngine } from '../../server/api/predict';
import { startServer, type Server } from '../../server/start-server';
import type { Admitted } from '../../shared/contract';
import type { Result } from '../../shared/domain';
import { version } from './version';
import { modelsDir } from './workbench';

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
      demoPath: join(projectDir(), 'resources', 'demo', 'demo.hea'),
      root: options.root,
    },
    (reason) => console.error(`fiducial: the engine ended (${reason}) and is started again.`),
  );
  const api = lazyEngine();
  const stop = async (): Promise<void> => {
    await host.close();
    await api.close();
    await rm(uploadDir, { recursive: true, force: true });
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
      engine: api.engine,
      ...(options.log ? { log: options.log } : {}),
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
        await server.close();
        await stop();
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

/** Worker threads and an inference process of the predict API's own: its load never slows the viewer's engine. */
function lazyEngine(): { engine: () => PredictEngine; close: () => Promise<void> } {
  const models = createModels(modelsDir(), () => null);
  const recordings = createRecordingCache(openRecording);
  let started: Pick<PredictEngine, 'pool' | 'inference'> | null = null;
  const start = (): Pick<PredictEngine, 'pool' | 'inference'> => {
    if (started) return started;
    const pool = createPool({ entry: entryPath('worker') });
    const inference = createLocalInference(pool, (reason) =>
      console.error(`fiducial: the inference process ended (${reason}) and is started again.`),
    );
    started = { pool, inference };
    return started;
  };
  const engine: PredictEngine = {
    models,
    recordings,
    get pool() {
      return start().pool;
    },
    get inference() {
      return start().inference;
    },
  };
  return {
    engine: () => engine,
    async close() {
      await recordings.close();
      await started?.inference.close();
      await started?.pool.close();
    },
  };
}
