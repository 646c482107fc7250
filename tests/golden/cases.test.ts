/** Small inputs that went wrong, from the data folder's `cases/`; each has a README that says what is expected. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecording } from '../../src/core/formats/list';
import type { OpenRecording } from '../../src/core/formats/open-recording';
import { readAnnotations } from '../../src/core/formats/wfdb';
import { findRecords } from '../../src/core/recordings/find-records';
import { sharedData } from './shared-data';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import { runFiducial, type Ended } from '../support/fiducial';

const CASES = path.join(sharedData ?? '', 'cases');
const home = mkdtempSync(path.join(tmpdir(), 'fiducial-cases-'));

async function opened<T>(file: string, look: (recording: OpenRecording) => T | Promise<T>) {
  const recording = valueOf(await openRecording(path.join(CASES, file)));
  try {
    return await look(recording);
  } finally {
    await recording.close();
  }
}

const fiducial = (...args: string[]): Promise<Ended> =>
  runFiducial(args, { env: { FIDUCIAL_HOME: home } });

/** Beats of a `.truth.csv`: seconds and class. */
function truthOf(file: string): { timeS: number; beatClass: string }[] {
  const [, ...rows] = readFileSync(path.join(CASES, file), 'utf8').trim().split(/\r?\n/);
  return rows.map((row) => {
    const [timeS, beatClass] = row.split(',');
    return { timeS: Number(timeS), beatClass: beatClass!.trim() };
  });
}

let out: string;
beforeAll(async () => void (out = await mkdtemp(path.join(tmpdir(), 'fiducial-cases-out-'))));
afterAll(async () => {
  await rm(out, { recursive: true, force: true, maxRetries: 5 });
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

describe.skipIf(!sharedData)('headers', () => {
  it.each([
    ['age-months/r', 0.25],
    ['age-gestational/r', null],
  ])('%s: the age in its unit, or not stated', (file, years) =>
    opened(file, ({ patient }) => expect(patient.ageYears).toBe(years)),
  );

  it('reads a date that cannot be mistaken, and says what it leaves out', async () => {
    await opened('date-iso/r', ({ startClock }) => {
      expect(startClock).toBe('1999-07-12T10:05:00.000');
    });
    await opened('date-year-three-digits/r', ({ startClock, warnings }) => {
      expect(startClock).toBe('T10:05:00.000');
      expect(warnings.map(({ message }) => message).join()).toContain('12/07/199');
    });
  });

  it('opens headers in capitals, with a folder in the record line, with units written out', async () => {
    await opened('upper-case-header/R.HEA', ({ name, leads }) => {
      expect([name, leads[0]!.samples]).toEqual(['R', 5000]);
    });
    expect(valueOf(await findRecords([path.join(CASES, 'upper-case-header')])).paths).toHaveLength(
      1,
    );
    await opened('record-line-with-folder/r', ({ warnings }) => {
      expect(warnings.map(({ code }) => code)).toContain('record-name');
    });
    await opened('unit-millivolts/r', ({ leads }) => expect(leads[0]!.units).toBe('millivolts'));
  });

  it('shows a recording without its missing segment, and counts no segment as a recording', async () => {
    await opened('missing-segment/m', async (recording) => {
      expect(recording.durationS).toBe(80);
      expect(recording.warnings.map(({ message }) => message).join()).toContain('m_2');
      const missing = valueOf(await recording.readPhysical(0, 40 * 125, 60 * 125));
      expect(missing.every(Number.isNaN)).toBe(true);
      expect(valueOf(await recording.readPhysical(0, 60 * 125, 80 * 125)).some(Number.isNaN)).toBe(
        false,
      );
    });
    for (const folder of ['missing-segment', 'segments-in-subfolder']) {
      const found = valueOf(await findRecords([path.join(CASES, folder)]));
      expect(found.paths.map((file) => path.basename(file))).toEqual(['m.hea']);
    }
  });

  it("shows an annotation file's own mnemonics", () =>
    opened('annotation-own-mnemonics/r', async (recording) => {
      const { symbol, warnings } = valueOf(await recording.annotations('atr'));
      expect(new Set(symbol)).toEqual(new Set(['v', 'n']));
      expect(warnings.map(({ code }) => code)).toContain('own-mnemonics');
    }));
});

describe.skipIf(!sharedData)('the command line', { timeout: 120_000 }, () => {
  it.each(
    readdirSync(path.join(CASES || '.', 'not-a-recording')).filter(
      (name) => !/^README$|\.csv$/.test(name),
    ),
  )('refuses %s as a recording', async (name) => {
    const {
      stdout: said,
      stderr: err,
      code,
    } = await fiducial('predict', path.join(CASES, 'not-a-recording', name));
    expect(code).not.toBe(0);
    expect(said).not.toMatch(/Abnormal|Normal/);
    expect(err).toContain(name);
  });

  it('reads a table with times and a unit as what it is, at the rate of its times', async () => {
    const file = path.join(CASES, 'not-a-recording', 'ecg.csv');
    const { stdout: said, code } = await fiducial('predict', file, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ fs: 360, durationS: 30, warnings: [] });
  });

  it.each([
    ['headerless-250-hz/r.dat', /360 Hz.*baseline 1024/],
    ['truncated-silent/r', /holds .* of the .* frames/],
  ])('says of %s what was assumed or is missing', async (file, words) => {
    const { stderr: err, code } = await fiducial('predict', path.join(CASES, file));
    expect(code).toBe(0);
    expect(err).toMatch(words);
  });

  it.each(['predict-header-bom', 'predict-header-cr'])('takes the header of %s', async (name) => {
    const dir = path.join(CASES, name);
    const header = readdirSync(dir).find((file) => file.endsWith('.hea'))!;
    const signal = readdirSync(dir).find((file) => file.endsWith('.dat'))!;
    const { code } = await fiducial(
      ...['predict', path.join(dir, signal), '--header', path.join(dir, header)],
    );
    expect(code).toBe(0);
  });

  it('calls a short recording short', async () => {
    const { stdout: said } = await fiducial('predict', path.join(CASES, 'short-5-s/r'), '--json');
    expect(said).toMatch(/shorter than a segment/);
    expect(said).not.toMatch(/missing samples/);
  });

  it('says of a recording without a verdict what predict says, at every door: nothing was judged', async () => {
    const short = path.join(CASES, 'short-5-s/r');
    const { stdout: found } = await fiducial('findings', short);
    const { code } = await fiducial('convert', short, '--to', 'fhir', '--out', out);
    expect(code).toBe(0);
    const fhir = readFileSync(path.join(out, 'r.fhir.json'), 'utf8');
    for (const words of [found, fhir]) {
      expect(words).toContain('No segment could be judged');
      expect(words).not.toMatch(/No arrhythmia/);
    }
  });

  it('says beside a verdict of how many segments it does not speak', async () => {
    const { stdout, stderr } = await fiducial('predict', path.join(CASES, 'missing-segment/m'));
    expect(stdout).toMatch(/^(Normal|Abnormal) /);
    expect(stderr).toMatch(/\d+ of 15 segments are Unreadable \(missing samples\)/);
  });

  it.each(['detect', 'annotate'])('keeps recordings of one name apart: %s', async (command) => {
    const target = path.join(out, `same-${command}`);
    const db = path.join(CASES, 'same-record-names');
    const { code } = await fiducial(command, db, '--out', target);
    expect(code).toBe(0);
    const files = readdirSync(target, { recursive: true }).filter((file) =>
      /\.(qrs|fid)$/.test(String(file)),
    );
    expect(files).toHaveLength(3);
  });

  it.each([
    ['frames-of-1-s', 'e', 'detect', 'qrs', 0.02],
    ['frames-of-15.5-hz', 'e', 'annotate', 'fid', 0.02],
    ['ecg-not-first-psg', 'psg', 'annotate', 'fid', 0.05],
    ['ecg-after-accelerometer', 'acc', 'annotate', 'fid', 0.05],
  ])('%s/%s: %s places every beat', async (folder, record, command, annotator, withinS) => {
    const target = path.join(out, folder);
    const { code } = await fiducial(command, path.join(CASES, folder, record), '--out', target);
    expect(code).toBe(0);
    const file = valueOf(await readAnnotations(path.join(target, `${record}.${annotator}`)));
    const rateHz = file.timeResolutionHz ?? 200;
    const beats = file.annotations.filter(({ symbol }) => /^[NSVFQ]$/.test(symbol));
    const truth = truthOf(`${folder}/${record}.truth.csv`);
    expect(beats.length).toBe(truth.length);
    beats.forEach(({ sample }, i) =>
      expect(Math.abs(sample / rateHz - truth[i]!.timeS)).toBeLessThan(withinS),
    );
    if (command === 'annotate') {
      const ventricular = truth.filter(({ beatClass }) => beatClass === 'V').length;
      expect(beats.filter(({ symbol }) => symbol === 'V')).toHaveLength(ventricular);
    }
  });

  it('evaluates a clinic whose records are numbered like another collection', async () => {
    const { stdout: said, code } = await fiducial(
      'evaluate',
      path.join(CASES, 'names-of-mitbih/clinic'),
    );
    expect(code).toBe(0);
    expect(said).not.toMatch(/Records with paced beats|were trained on/);
  });
});
