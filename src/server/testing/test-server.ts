import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createModels } from '../../core/analysis/models';
import { createFakeInference } from '../../core/analysis/testing/fake-inference';
import { createAdoptedModels, type AdoptedModels } from '../../core/inference/adopted-models';
import { writeTestModel } from '../../core/inference/testing/model-fixture';
import type { Host } from '../../core/host';
import { createRecordingCache } from '../../core/recordings/recording-cache';
import { openRecording } from '../../core/formats/list';
import { createInlinePool } from '../../core/workers/inline-pool';
import { OUR_SETTINGS } from '../../core/settings/stored-settings';
import { ok, type RecordingEntry } from '../../shared/domain';
import { startServer, type Server, type ServerOptions } from '../start-server';
export let dir: string;
export let server: Server;
export let calls: { method: unknown; input: unknown; signal: AbortSignal | undefined }[];
export let admitted: (readonly string[])[];
export let tell: (event: string, payload: unknown) => void;
let engineIsUp = true;

/** What the host says of its engine from here on. */
export function setEngineUp(isUp: boolean): void {
  engineIsUp = isUp;
}

/** A host that remembers what it is asked; `traces.tile` hangs until it is cancelled. */
function fakeHost(): Host {
  return {
    client: {
      call: async () => ok({} as never),
      on: (event, listener) => {
        const before = tell;
        tell = (name, payload) => {
          before(name, payload);
          if (name === event) (listener as (p: unknown) => void)(payload);
        };
        return () => undefined;
      },
    },
    async call(method, input, signal) {
      calls.push({ method, input, signal });
      if (method !== 'traces.tile') return ok({ seen: input, values: Float32Array.of(1, NaN) });
      return new Promise((resolve) =>
        signal?.addEventListener('abort', () =>
          resolve({ ok: false, error: { code: 'cancelled', message: 'Stopped.' } }),
        ),
      );
    },
    async admit(paths) {
      admitted.push(paths);
      const names = await readdir(paths[0]!).catch(() => []);
      // What no folder of records is: a signal file without its header.
      if (names.join() === 'y.dat')
        return { ok: false, error: { code: 'not-found', message: `Nothing in ${paths[0]!}.` } };
      return ok({ entries: [{ recordingId: 'r' } as RecordingEntry], sourceIds: ['s'] });
    },
    async document(id) {
      if (id !== 'report')
        return { ok: false, error: { code: 'not-found', message: 'No such document.' } };
      return ok({
        path: join(dir, 'report.pdf'),
        suggestedName: 'ä report.pdf',
        mediaType: 'application/pdf',
      });
    },
    isUp: () => engineIsUp,
    close: async () => undefined,
  };
}

/**
 * A folder, a host that remembers and a server that tests start, fresh for each test and cleared away after it.
 * @param own null where tests start servers of their own (`startBeside`) and close them
 */
export function useTestServer(own: 'server' | null = 'server'): void {
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiducial-server-test-'));
    calls = [];
    admitted = [];
    tell = () => undefined;
    engineIsUp = true;
    await mkdir(join(dir, 'page'));
    await mkdir(join(dir, 'drop'));
    await writeFile(join(dir, 'page', 'index.html'), '<!doctype html><title>viewer</title>');
    await writeFile(join(dir, 'report.pdf'), '%PDF-1.7');
    await writeTestModel(join(dir, 'models'));
  });
  afterEach(async () => {
    if (own) await server.close();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  });
}

export async function start(options: Partial<ServerOptions> = {}, delayMs = 0): Promise<void> {
  server = await startBeside(options, delayMs);
}

/** Networks that a person adopts where the servers of tests run. */
export const adoptedHere = (): AdoptedModels => createAdoptedModels(join(dir, 'adopted'));

/** One more server, which whoever starts it closes. */
export async function startBeside(
  options: Partial<ServerOptions> = {},
  delayMs = 0,
): Promise<Server> {
  const engine = {
    pool: createInlinePool(),
    inference: createFakeInference((row) => (Math.max(...row) > 0 ? 0.75 : 0.1), { delayMs }),
    models: createModels(join(dir, 'models'), () => null, adoptedHere()),
    recordings: createRecordingCache(openRecording),
    settings: () => OUR_SETTINGS,
  };
  return startServer({
    address: '127.0.0.1',
    port: 0,
    token: null,
    version: '1.2.3',
    engine: () => engine,
    viewer: {
      host: fakeHost(),
      root: join(dir, 'root'),
      uploadDir: join(dir, 'drop'),
      rendererDir: join(dir, 'page'),
      opened: () => ({ entries: [], sourceIds: ['opened'] }),
    },
    ...options,
  });
}

/** The session that the page's address gives. */
export async function cookie(of: Server = server): Promise<string> {
  const page = await fetch(`${of.url}/?token=${of.pageToken}`, { redirect: 'manual' });
  return page.headers.get('set-cookie')!.split(';')[0]!;
}

/** `fetch` sets Host and Sec-Fetch-* itself; this one sends what it is told. */
export function raw(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(server.url + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    })
      .on('error', reject)
      .end();
  });
}

export const RPC = { 'content-type': 'application/x-fiducial' };
