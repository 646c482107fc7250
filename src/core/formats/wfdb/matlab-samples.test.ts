import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mat5, matrix4 } from '../mat/testing/build-mat';
import { openRecord } from '.';
import { withFiles } from './testing/files';

const LEADS = 3;
const FRAMES = 200;
const ofLead = (lead: number): number[] =>
  Array.from({ length: FRAMES }, (_, k) => 1000 * lead + k);
const frames = Array.from({ length: FRAMES }, (_, k) =>
  [0, 1, 2].map((lead) => 1000 * lead + k),
).flat();
const header = (format: string) =>
  `r ${LEADS} 500 ${FRAMES}\n${`r.mat ${format} 1000/mV 16 0 0 0 0 I\n`.repeat(LEADS)}`;
const dims = [LEADS, FRAMES];
const made = mat5();
const bigMade = mat5(true);
const whole = made.file(made.numbers('val', dims, frames, 10));

describe('a header over a MATLAB file', () => {
  it.each([
    [
      'version 5, where 24 bytes are a lie',
      made.file(made.numbers('val', dims, frames, 10)),
      /begin at byte 1\d\d of it and not at byte 24/,
    ],
    [
      'version 4 with a long name',
      matrix4('ecg_signal', LEADS, FRAMES, frames),
      /begin at byte 31/,
    ],
    ['version 4 as the header says', matrix4('val', LEADS, FRAMES, frames), null],
    [
      'version 5 with the high byte first',
      bigMade.file(bigMade.numbers('val', dims, frames, 10)),
      /begin at byte 1\d\d of it and not at byte 24/,
      '61',
    ],
  ])('%s: every lead has its own samples', async (_what, file, warning, format = '16') => {
    await withFiles({ 'r.hea': header(`${format}+24`), 'r.mat': file }, async (folder) => {
      const opened = await openRecord(path.join(folder, 'r.hea'));
      if (!opened.ok) throw new Error(opened.error.message);
      const { warnings } = opened.value;
      if (warning) expect(warnings.map(({ message }) => message).join()).toMatch(warning);
      else expect(warnings).toEqual([]);
      for (let lead = 0; lead < LEADS; lead++) {
        const read = await opened.value.readDigital(lead, 0, FRAMES);
        expect(read.ok && [...read.value]).toEqual(ofLead(lead));
      }
      await opened.value.close();
    });
  });

  it.each([
    [
      'compressed',
      made.file(made.compressed(made.numbers('val', dims, frames, 10))),
      /r\.hea.*compressed/,
    ],
    ['of doubles', made.file(made.numbers('val', dims, frames)), /r\.hea.*64-bit/],
  ])('%s is refused by name', async (_what, file, sentence) => {
    await withFiles({ 'r.hea': header('16+24'), 'r.mat': file }, async (folder) => {
      const opened = await openRecord(path.join(folder, 'r.hea'));
      expect(opened).toMatchObject({ ok: false, error: { code: 'bad-header' } });
      expect(!opened.ok && opened.error.message).toMatch(sentence);
    });
  });

  it.each([
    ['cut off', whole.subarray(0, whole.length - 100), 'bad-signal', /ends within the element/],
    [
      'without a signal',
      made.file(made.text('note', ['x'.repeat(4000)])),
      'bad-header',
      /r\.hea.*no matrix of samples/,
    ],
    [
      'with the high byte first under format 16',
      bigMade.file(bigMade.numbers('val', dims, frames, 10)),
      'bad-header',
      /r\.hea.*big-endian/,
    ],
  ])('version 5 %s is refused: no byte of it is known', async (_what, file, code, sentence) => {
    await withFiles({ 'r.hea': header('16+24'), 'r.mat': file }, async (folder) => {
      const opened = await openRecord(path.join(folder, 'r.hea'));
      expect(opened).toMatchObject({ ok: false, error: { code } });
      expect(!opened.ok && opened.error.message).toMatch(sentence);
    });
  });
});
