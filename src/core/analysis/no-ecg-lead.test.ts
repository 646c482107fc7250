import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { valueOf } from '../../shared/domain/testing/value-of';
import { beatLeads } from './beat-model/beat-leads';
import { chooseLead } from './choose-lead';
import { qrsLeads } from '../beats/qrs-leads';
import { openRecording } from '../formats/list';

let dir: string;
beforeEach(async () => void (dir = await mkdtemp(path.join(tmpdir(), 'fiducial-no-lead-'))));
afterEach(() => rm(dir, { recursive: true, force: true }));

it.each([
  [['II/NU', 'Resp/mmHg'], '(II in NU, Resp in mmHg)'],
  [Array.from({ length: 8 }, (_, k) => `s${k}/g`), 's5 in g, 2 more)'],
])('says of %j what stands in the way, the same to whoever asks', async (signals, said) => {
  await writeFile(path.join(dir, 'r.dat'), new Uint8Array(2 * 200 * signals.length));
  const lines = signals.map((signal) => {
    const [name, unit] = signal.split('/');
    return `r.dat 16 100/${unit} 12 0 0 0 0 ${name}`;
  });
  await writeFile(path.join(dir, 'r.hea'), [`r ${signals.length} 200 200`, ...lines].join('\n'));
  const recording = valueOf(await openRecording(path.join(dir, 'r.hea')));
  const answers = [
    qrsLeads(recording),
    chooseLead(recording, ['MLII'], null),
    beatLeads(recording, 2, null),
  ];
  await recording.close();
  for (const answer of answers) {
    expect(!answer.ok && answer.error.code).toBe('unsupported');
    expect(!answer.ok && answer.error.message).toContain(said);
  }
});
