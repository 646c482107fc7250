import type { Transport } from './types';

export type { Transport } from './types';

let current: Transport | null = null;

/** Called once by the entry file, before the application is mounted. */
export function provideTransport(transport: Transport): void {
  current = transport;
}

/** The transport of this window. */
export function useTransport(): Transport {
  if (!current) throw new Error('provideTransport() has not been called');
  return current;
}
