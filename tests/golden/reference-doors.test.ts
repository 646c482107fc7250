/**
 * References as strangers bring them, to the built command line: a renamed copy of what a network learned from, and
 * annotations that end too early. Needs `npm run build` and the reference recordings; skipped without.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pulses, writeRecord } from '../../src/core/recordings/testing/write-record';
import { writeAnnotations } from '../../src/core/formats/wfdb';
import { IS_BUILT, runFiducial } from '../support/fiducial';
import { sharedData } from './shared-data';

/** Of 101, format 212: two samples in three bytes. */
const FRAMES = 70 * 360;
const BYTES = 3 * FRAMES;
/** Within the word of a beat, and before the end mark. */
const CUT = 151;

interface Evaluated {
  readonly trainedOn: readonly string[];
  readonly warnings: readonly { readonly message: string }[];
}

describe.skipIf(!IS_BUILT || sharedData === null)(
  'references of strangers',
  { timeout: 180_000 },
  () => {
    let dir: string;
    let clinic: string;
    beforeAll(async () => {
      dir = await mkdtemp(join(tmpdir(), 'fiducial-references-'));
      clinic = join(dir, 'clinic');
      await mkdir(clinic);
      const of = (ending: string): Promise<Buffer> =>
        readFile(join(sharedData!, `mitdb/101.${ending}`));
      const lines = (await of('hea')).toString('latin1').split('\n').slice(1, 3);
      const signals = lines.map((line) => line.replace('101.dat', 'patient-7.dat'));
      await writeFile(
        join(clinic, 'patient-7.hea'),
        [`patient-7 2 360 ${FRAMES}`, ...signals, ''].join('\n'),
      );
      await writeFile(join(clinic, 'patient-7.dat'), (await of('dat')).subarray(0, BYTES));
      await writeFile(join(clinic, 'patient-7.atr'), (await of('atr')).subarray(0, CUT));
      // Another recording under the name of one that was learned from.
      await writeRecord(clinic, { name: '100', rateHz: 360, seconds: 70, leads: { MLII: pulses } });
      const beats = Array.from({ length: 69 }, (_, k) => ({ sample: 360 * k + 180, symbol: 'N' }));
      await writeFile(
        join(clinic, '100.atr'),
        writeAnnotations(beats.map((beat) => ({ ...beat, subtype: 0, chan: 0, num: 0, aux: '' }))),
      );
    });
    afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

    const fiducial = (...args: string[]) =>
      runFiducial(args, { env: { FIDUCIAL_HOME: join(dir, 'home') } });
    const CUT_SHORT = /^patient-7\.atr: its end mark is missing\.$/;

    it('evaluate tells what was learned from by its samples, and whose annotations end too early', async () => {
      const page = join(dir, 'page.html');
      const args = [clinic, '--draws', '10', '--html', page, '--json'];
      const { code, stdout, stderr } = await fiducial('evaluate', ...args);
      expect([code, stderr.match(/^fiducial: .*atr.*$/gm)]).toEqual([
        0,
        ['fiducial: patient-7.atr: its end mark is missing.'],
      ]);
      const { trainedOn, warnings } = JSON.parse(stdout) as Evaluated;
      expect(trainedOn).toEqual(['patient-7']);
      expect(warnings).toEqual([
        expect.objectContaining({ message: expect.stringMatching(CUT_SHORT) }),
      ]);
      const html = await readFile(page, 'utf8');
      expect(html).toContain('patient-7.atr: its end mark is missing.');
      expect(html).toContain('1 of these records were trained on (patient-7)');
    });

    it('compare says the same', async () => {
      const { code, stdout, stderr } = await fiducial(
        ...['compare', 'attention-cnn', 'beat-attention', clinic, '--draws', '10', '--json'],
      );
      expect(code).toBe(0);
      expect(stderr).toContain('fiducial: patient-7.atr: its end mark is missing.');
      const { records, warnings } = JSON.parse(stdout) as Evaluated & {
        records: { record: string; trainedOn: [boolean, boolean] }[];
      };
      expect(warnings.map(({ message }) => message)).toEqual([expect.stringMatching(CUT_SHORT)]);
      const told = Object.fromEntries(records.map(({ record, trainedOn: on }) => [record, on]));
      expect(told).toEqual({ 'patient-7': [true, true], '100': [false, false] });
    });
  },
);
