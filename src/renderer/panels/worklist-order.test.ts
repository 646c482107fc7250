import { expect, it } from 'vitest';
import type { RecordingEntry } from '../../shared/domain';
import { inOrder, ordersFor } from './worklist-order';

const entry = (name: string, flagged: number, decided: number): RecordingEntry => ({
  recordingId: name,
  name,
  folder: '',
  synthetic: false,
  state: 'analysed',
  progress: 1,
  flagged,
  decided,
  message: null,
  openedAtMs: null,
});
const entries = [entry('208', 211, 48), entry('100', 3, 0), entry('9', 300, 300)];
const names = (order: Parameters<typeof inOrder>[1]) => inOrder(entries, order).map((e) => e.name);

it('orders by name as a person counts, by flags, and by what is left to decide', () => {
  expect(names('as added')).toEqual(['208', '100', '9']);
  expect(names('name')).toEqual(['9', '100', '208']);
  expect(names('most flagged')).toEqual(['9', '208', '100']);
  expect(names('undecided first')).toEqual(['208', '100', '9']);
  expect(entries[0]!.name).toBe('208');
});

it('offers nothing that follows verdicts to a reader who decides first', () => {
  const changed = entries.map((e) => ({ ...e, flagged: 500 - e.flagged, decided: 0 }));
  for (const order of ordersFor(true))
    expect(inOrder(changed, order).map((e) => e.name)).toEqual(names(order));
  expect(ordersFor(false)).toContain('most flagged');
});
