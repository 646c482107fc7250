import type { Lead } from '../domain';
import type { Words } from '.';

/** What the device had done to a lead before it was stored, with units; empty where the file does not say. */
export function deviceFilters({ filters }: Pick<Lead, 'filters'>, { say, number }: Words): string {
  const part = (key: 'from' | 'to' | 'notch', hz: number | null | undefined): string =>
    hz === null || hz === undefined ? '' : say(`details.${key}`, { n: number(hz) });
  return [
    part('from', filters?.highPassHz),
    part('to', filters?.lowPassHz),
    part('notch', filters?.notchHz),
  ]
    .filter(Boolean)
    .join(', ');
}
