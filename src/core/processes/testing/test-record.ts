import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface TestRecordOptions {
  readonly name?: string;
  readonly seconds: number;
  readonly samplingRateHz?: number;
}

/**
 * Writes a two-lead record in format 16 that looks enough like an ECG for plumbing to be tested: a spike per
 * second on a slow wave, the second lead upside down. It claims no physiology.
 * @returns path of the header
 */
export async function writeTestRecord(dir: string, options: TestRecordOptions): Promise<string> {
  const { name = 'spikes', seconds, samplingRateHz: rate = 360 } = options;
  const frames = Math.round(seconds * rate);
  const data = new Int16Array(frames * 2);
  for (let i = 0; i < frames; i++) {
    const phase = (i % rate) / rate;
    const value = 200 * Math.exp(-(((phase - 0.5) / 0.02) ** 2)) + 20 * Math.sin(i / rate);
    data[2 * i] = Math.round(value);
    data[2 * i + 1] = Math.round(-value / 2);
  }
  await writeFile(join(dir, `${name}.dat`), data);
  const signal = (lead: string): string => `${name}.dat 16 200 16 0 0 0 0 ${lead}`;
  const header = [`${name} 2 ${rate} ${frames}`, signal('MLII'), signal('V1'), '# test signal', ''];
  await writeFile(join(dir, `${name}.hea`), header.join('\n'));
  return join(dir, `${name}.hea`);
}
