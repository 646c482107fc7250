import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openRecording } from '../../formats/list';
import { chooseLead } from '../choose-lead';
import { qrsLeads } from '../../beats/qrs-leads';
import { beatLeads } from './beat-leads';

it.each([
  ['a rate', '200000', ''],
  ['many samples in a frame', '360', 'x65536'],
])(
  'refuses what no electrocardiogram is sampled at, by %s, in every model',
  async (_, rate, frame) => {
    const folder = await mkdtemp(join(tmpdir(), 'fiducial-fast-'));
    const path = join(folder, 'fast.hea');
    await writeFile(path, `fast 1 ${rate} 4\nfast.dat 16${frame} 200 16 0 0 0 0 MLII\n`);
    await writeFile(join(folder, 'fast.dat'), new Uint8Array(2 * 4 * 65_536));
    const opened = await openRecording(path);
    if (!opened.ok) throw new Error(opened.error.message);
    const refused = { ok: false, error: { code: 'unsupported' } };
    expect(beatLeads(opened.value, 2, null)).toMatchObject(refused);
    expect(beatLeads(opened.value, 2, 0)).toMatchObject(refused);
    expect(chooseLead(opened.value, [], null)).toMatchObject(refused);
    expect(qrsLeads(opened.value)).toMatchObject(refused);
    expect(JSON.stringify(beatLeads(opened.value, 2, null))).toMatch(
      /no electrocardiogram is sampled faster than 100000 Hz/,
    );
    await opened.value.close();
    await rm(folder, { recursive: true });
  },
);
