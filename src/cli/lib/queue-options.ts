import { Option } from 'commander';
import { queueAddress, type QueueAddress } from '../../core/service';
import type { Result } from '../../shared/domain';

/** `--queue` of commands that are about a queue alone. */
export function queueOption(description: string): Option {
  return new Option('--queue <address>', description).env('FIDUCIAL_QUEUE');
}

export const QUEUE_HELP = `
ADDRESS is redis://HOST:6379 of a Redis or Valkey, rediss:// by TLS; "worker", "queue" and "serve" also take it from FIDUCIAL_QUEUE.
FIDUCIAL_REDIS_USERNAME and FIDUCIAL_REDIS_PASSWORD let it in, NODE_EXTRA_CA_CERTS names a certificate authority of your own.
docs/scale.md says what Redis gets to hold.`;

export function readQueueAddress(text: string): Result<QueueAddress> {
  return queueAddress(text, process.env);
}
