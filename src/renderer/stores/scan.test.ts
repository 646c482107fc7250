import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import type { ScanRow } from '../../shared/contract';
import { provideTransport, type Transport } from '../transport';
import { useScan } from './scan';

const row = (record: string): ScanRow => ({
  record,
  path: record,
  fs: 360,
  durationS: 10,
  format: null,
  analysableS: null,
  rhythm: null,
  heartRate: null,
  findings: [],
  leads: [],
  lead: null,
  model: null,
  scheme: null,
  threshold: null,
  warnings: [],
  segments: [],
});

function service(rows: ScanRow[], done: boolean) {
  const listeners: Record<string, (payload: never) => void> = {};
  provideTransport({
    call: async (method: string) => ({
      ok: true,
      value: method === 'scan.start' ? { scanId: 's' } : { rows, done },
    }),
    on: (event: string, listener: (payload: never) => void) => {
      listeners[event] = listener;
      return () => undefined;
    },
  } as unknown as Transport);
  return (event: string, payload: unknown) => listeners[event]?.(payload as never);
}
const progress = (state: string, done: number) => ({
  scanId: 's',
  done,
  total: 2,
  failed: 0,
  current: null,
  recordsPerS: 1,
  remainingS: null,
  state,
  error: null,
});

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work));
  setActivePinia(createPinia());
});

it('a scan that ends before its name is known is still seen to end', async () => {
  const send = service([row('a'), row('b')], true);
  const scan = useScan();
  const started = scan.start(['folder'], null);
  send('scan.progress', progress('done', 2));
  await started;
  expect(scan.running).toBe(false);
  expect(scan.rows).toHaveLength(2);
});

it('is done when its rows say so, even if no event ever came', async () => {
  service([row('a')], true);
  const scan = useScan();
  await scan.start(['folder'], null);
  expect(scan.progress).toMatchObject({ state: 'done', done: 1, total: 1 });
});

it('fills while it runs', async () => {
  const send = service([], false);
  const scan = useScan();
  await scan.start(['folder'], null);
  send('scan.progress', progress('running', 1));
  send('scan.row', { scanId: 's', index: 0, row: row('a') });
  send('scan.row', { scanId: 'other', index: 1, row: row('x') });
  await vi.waitFor(() => expect(scan.rows.map((r) => r.record)).toEqual(['a']));
  expect(scan.running).toBe(true);
});

it('keeps a row back until those before it have come', async () => {
  const rows: ScanRow[] = [];
  const send = service(rows, false);
  const scan = useScan();
  await scan.start(['folder'], null);
  send('scan.row', { scanId: 's', index: 1, row: row('b') });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(scan.rows).toEqual([]);
  // The one before it was sent while the scan had no name here.
  rows.push(row('a'));
  await scan.catchUp();
  await vi.waitFor(() => expect(scan.rows.map((r) => r.record)).toEqual(['a', 'b']));
  send('scan.row', { scanId: 's', index: 2, row: row('c') });
  await vi.waitFor(() => expect(scan.rows.map((r) => r.record)).toEqual(['a', 'b', 'c']));
});
