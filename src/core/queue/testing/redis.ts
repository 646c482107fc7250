import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { QueueAddress } from '../queue-address';

const SERVERS = ['redis-server', 'valkey-server'];
const SERVER = SERVERS.find((name) => spawnSync(name, ['--version']).status === 0) ?? null;

/** Tests of a queue are skipped without one; `npm test` installs it and says what was skipped. */
export const HAS_REDIS = SERVER !== null;

export interface TestRedis {
  readonly address: QueueAddress;
  readonly url: string;
  readonly child: ChildProcess;
  close(): Promise<void>;
}

/** A server of the test's own, on loopback, that writes nothing. */
export async function startRedis(): Promise<TestRedis> {
  const dir = await mkdtemp(join(tmpdir(), 'fiducial-redis-test-'));
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', dir];
  const child = spawn(SERVER!, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) if (/ready to accept connections/i.test(line)) break;
  child.stdout.resume();
  return {
    address: { host: '127.0.0.1', port, db: 0 },
    url: `redis://127.0.0.1:${port}`,
    child,
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
