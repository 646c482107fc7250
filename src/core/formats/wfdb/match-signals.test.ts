import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openRecord } from '.';
import { encodeSamples } from './testing/encode';
import { withFiles, type Files } from './testing/files';

/** A segment whose frames hold 1, 2, 3 mV of its first signal and 10 times as much of the next. */
const segment = (name: string, lines: readonly string[], samples: readonly number[]): Files => ({
  [`${name}.hea`]: [`${name} ${lines.length} 100 3`, ...lines].join('\n'),
  [`${name}.dat`]: encodeSamples(16, samples),
});
const line = (name: string, lead: string, scale = '100/mV'): string =>
  `${name}.dat 16 ${scale} 12 0 0 0 0 ${lead}`;

/** Values of each signal of the record `r`, and what was warned of. */
async function read(files: Files) {
  let found: { values: Record<string, number[]>; warnings: string[] } | undefined;
  await withFiles(files, async (folder) => {
    const record = await openRecord(path.join(folder, 'r'));
    if (!record.ok) throw new Error(record.error.message);
    const values: Record<string, number[]> = {};
    for (const { index, description } of record.value.signals) {
      const samples = await record.value.readPhysical(index, 0, record.value.frames);
      if (!samples.ok) throw new Error(samples.error.message);
      values[description] = [...samples.value];
    }
    found = { values, warnings: record.value.warnings.map(({ message }) => message) };
    expect(record.value.files.filter((file) => !existsSync(file))).toEqual([]);
    await record.value.close();
  });
  return found!;
}

it('has a segment in another unit in the unit of the record', async () => {
  const { values, warnings } = await read({
    'r.hea': 'r/2 1 100 6\ns1 3\ns2 3',
    ...segment('s1', [line('s1', 'II')], [100, 200, 300]),
    ...segment('s2', [line('s2', 'II', '0.1/uV')], [100, 200, -32768]),
  });
  expect(values['II']!.map((mv) => Number(mv.toFixed(9)))).toEqual([1, 2, 3, 1, 2, NaN]);
  expect(warnings).toEqual([]);
});

it('has it missing where one of two units is no voltage, and says so', async () => {
  const { values, warnings } = await read({
    'r.hea': 'r/2 1 100 6\ns1 3\ns2 3',
    ...segment('s1', [line('s1', 'II')], [100, 200, 300]),
    ...segment('s2', [line('s2', 'II', '100/NU')], [100, 200, 300]),
  });
  expect(values['II']).toEqual([1, 2, 3, NaN, NaN, NaN]);
  expect(warnings).toEqual([
    'Segment s2 has II in NU, the record in mV; it is shown as missing there.',
  ]);
});

it('places signals of a fixed layout by name where a segment has them in another order', async () => {
  const { values, warnings } = await read({
    'r.hea': 'r/2 2 100 6\ns1 3\ns2 3',
    ...segment('s1', [line('s1', 'II'), line('s1', 'V1')], [100, 1000, 200, 2000, 300, 3000]),
    ...segment('s2', [line('s2', 'V1'), line('s2', 'II')], [1000, 100, 2000, 200, 3000, 300]),
  });
  expect(values).toEqual({ II: [1, 2, 3, 1, 2, 3], V1: [10, 20, 30, 10, 20, 30] });
  expect(warnings.join()).toContain('s2');
});

it('says where a segment calls a signal something else, and where the header counts other ones', async () => {
  const { values, warnings } = await read({
    'r.hea': 'r/2 3 100 6\ns1 3\ns2 3',
    ...segment('s1', [line('s1', 'II')], [100, 200, 300]),
    ...segment('s2', [line('s2', 'V5')], [100, 200, 300]),
  });
  expect(values).toEqual({ II: [1, 2, 3, 1, 2, 3] });
  expect(warnings).toEqual([
    'r.hea: signals declared 3, in its segments 1; the latter are read.',
    'Segment s2 has a signal V5 where the record has II; it is placed by its number.',
  ]);
});

it('tells two signals of one name apart, and names what a layout does not list', async () => {
  const { values, warnings } = await read({
    'r.hea': 'r/2 2 100 3\ns0 0\ns1 3',
    's0.hea': 's0 2 100 0\n~ 0 100/mV 12 0 0 0 0 ECG\n~ 0 100/mV 12 0 0 0 0 ECG',
    ...segment(
      's1',
      [line('s1', 'ECG'), line('s1', 'V5'), line('s1', 'ECG')],
      [100, 7, 1000, 200, 7, 2000, 300, 7, 3000],
    ),
  });
  // Both are called so: the second is the one that is left under the name.
  expect(values).toEqual({ ECG: [10, 20, 30] });
  expect(warnings.filter((message) => message.includes('V5'))).toHaveLength(1);
});

it('counts a segment header in capitals among its files as it is called', async () => {
  const { values } = await read({
    'r.hea': 'r/2 1 100 6\ns1 3\ns2 3',
    ...segment('s1', [line('s1', 'II')], [100, 200, 300]),
    'S2.HEA': `S2 1 100 3\n${line('s2', 'II')}`,
    'S2.DAT': encodeSamples(16, [100, 200, 300]),
  });
  expect(values['II']).toEqual([1, 2, 3, 1, 2, 3]);
});
