import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface TestRecord {
  readonly name: string;
  readonly rateHz: number;
  readonly seconds: number;
  /** Millivolts of a lead at a time; NaN where missing. One function per lead. */
  readonly leads: Readonly<Record<string, (timeS: number) => number>>;
  readonly comments?: readonly string[];
}

/** Format 16, 1000 ADU/mV, baseline 0: within half a microvolt of what the functions say. */
const GAIN = 1000;

/**
 * Writes a small record for a test.
 * @returns path of its header
 */
export async function writeRecord(dir: string, record: TestRecord): Promise<string> {
  const { name, rateHz, seconds, leads, comments = [] } = record;
  const frames = Math.round(rateHz * seconds);
  const names = Object.keys(leads);
  const samples = new Int16Array(frames * names.length);
  names.forEach((lead, index) => {
    for (let i = 0; i < frames; i++) {
      const mv = leads[lead]!(i / rateHz);
      // -32768 is format 16's code for a missing sample.
      samples[i * names.length + index] = Number.isNaN(mv) ? -32768 : Math.round(mv * GAIN);
    }
  });
  await writeFile(join(dir, `${name}.dat`), Buffer.from(samples.buffer));
  const header = [
    `${name} ${names.length} ${rateHz} ${frames}`,
    ...names.map((lead) => `${name}.dat 16 ${GAIN}(0)/mV 16 0 0 0 0 ${lead}`),
    ...comments.map((comment) => `# ${comment}`),
  ];
  const path = join(dir, `${name}.hea`);
  await writeFile(path, `${header.join('\n')}\n`);
  return path;
}

/** A train of narrow pulses, one a second: enough of an ECG to be neither flat nor clipped. */
export function pulses(timeS: number): number {
  const phase = timeS - Math.floor(timeS);
  return Math.exp(-(((phase - 0.5) / 0.02) ** 2)) + 0.1 * Math.sin(2 * Math.PI * timeS);
}
