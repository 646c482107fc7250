import type { HeadLine } from './head-lines';
import type { TableLayout } from './layout';
import { plainTable } from './plain-table';

/** Nominal rate of the electrocardiogram of Polar's H10, which the file does not state. */
const RATE_HZ = 130;

/**
 * An electrocardiogram as the Polar Sensor Logger writes it: the telephone's clock comes in batches, the sensor's is
 * the one that shows what was lost.
 */
export function polar(lines: readonly HeadLine[]): TableLayout | null {
  const header = lines[0]?.text.trim() ?? '';
  if (!/^phone timestamp;sensor timestamp \[ns\];.*ecg \[uv\]/i.test(header)) return null;
  const layout = plainTable(lines);
  if (!layout) return null;
  const columns = header.split(';');
  const ecg = columns.findIndex((name) => /^ecg \[uv\]$/i.test(name.trim()));
  return {
    ...layout,
    title: 'Polar Sensor Logger',
    samplingRateHz: RATE_HZ,
    clock: { column: 1, kind: 'number', perSecond: 1e9 },
    counter: null,
    leads: layout.leads
      .filter(({ column }) => column === ecg)
      .map((lead) => ({ ...lead, name: 'ECG' })),
  };
}
