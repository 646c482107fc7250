import { err, ok, type Result } from '../../shared/domain';

/** Where a Redis or Valkey is, in the words of its client (ioredis). */
export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  /** Present: the connection is by TLS, and the certificate has to be that of the host. */
  readonly tls?: { readonly servername: string };
}

const DEFAULT_PORT = 6379;
const SECURE = 'rediss:';

/**
 * Reads `redis://HOST[:PORT][/DATABASE]`; `rediss://` is the same by TLS. User and password come from
 * `FIDUCIAL_REDIS_USERNAME` and `FIDUCIAL_REDIS_PASSWORD`: an address stands in the list of processes.
 * @returns `bad-input` for anything else, a password in the address among it
 */
export function queueAddress(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): Result<QueueAddress> {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isKnown = url && (url.protocol === 'redis:' || url.protocol === SECURE) && url.hostname;
  if (!isKnown) {
    return err('bad-input', '--queue is an address like redis://HOST:6379 (rediss:// by TLS).');
  }
  if (url.username || url.password) {
    return err(
      'bad-input',
      'Others can read the address of a queue: set FIDUCIAL_REDIS_USERNAME and FIDUCIAL_REDIS_PASSWORD instead of naming them in --queue.',
    );
  }
  const database = url.pathname.replace(/^\/$/, '');
  if (!/^(\/\d{1,4})?$/.test(database) || url.search || url.hash) {
    return err(
      'bad-input',
      'After the host of --queue comes the number of a database, or nothing.',
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const username = env['FIDUCIAL_REDIS_USERNAME'];
  const password = env['FIDUCIAL_REDIS_PASSWORD'];
  return ok({
    host,
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    db: Number(database.slice(1)),
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
    ...(url.protocol === SECURE ? { tls: { servername: host } } : {}),
  });
}

/** The address for a sentence: without user and password. */
export function addressText({ host, port, tls }: QueueAddress): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'rediss' : 'redis'}://${name}:${port}`;
}
