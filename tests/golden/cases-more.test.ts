/**
 * More inputs of the kinds that went wrong once, made here: each kind with inputs other than those it was found with, and
 * through the doors that the first ones did not take.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectRecord } from '../../src/core/beats/detect-record';
import { fidAnnotations } from '../../src/core/beats/fid-annotations';
import { writeAnnotationFile } from '../../src/core/beats/write-annotation-file';
import { findingsOf } from '../../src/core/findings/findings';
import { openRecording } from '../../src/core/formats/list';
import type { OpenRecording } from '../../src/core/formats/open-recording';
import { annotationClock } from '../../src/core/recordings/annotation-clock';
import { findRecords } from '../../src/core/recordings/find-records';
import { leadForModel } from '../../src/core/recordings/lead-for-model';
import { leadSignal } from '../../src/core/recordings/lead-signal';
import { openAnnotated } from '../../src/core/recordings/open-annotated';
import { placesApart } from '../../src/core/recordings/places-apart';
import { leadsOf, recordingInfo } from '../../src/core/recordings/recording-info';
import { stageUpload } from '../../src/core/recordings/stage-upload';
import { DEFAULT_FINDING_THRESHOLDS, type Segment } from '../../src/shared/domain';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import {
  AGES,
  annotation,
  DAT,
  ECG_LEADS,
  HEADERS,
  MISSING_PARTS,
  NO_RECORDINGS,
  OF_THREE,
  samples,
  segment,
  SIGNAL,
  STARTS,
  UNITS,
} from './more-inputs';

let dir: string;
let made = 0;
beforeAll(async () => void (dir = await mkdtemp(path.join(tmpdir(), 'fiducial-more-cases-'))));
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

/** Writes files into a folder of their own. @returns the folder */
async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = path.join(dir, String(made++));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

async function opened<T>(file: string, look: (recording: OpenRecording) => T | Promise<T>) {
  const recording = valueOf(await openRecording(file));
  try {
    return await look(recording);
  } finally {
    await recording.close();
  }
}

/** Looks at a record of twenty seconds under a header of these lines. */
const underHeader = async <T>(header: string, look: (recording: OpenRecording) => T | Promise<T>) =>
  opened(path.join(await folderOf({ ...DAT, 'r.hea': header }), 'r.hea'), look);

describe('annotations of records with several samples in a frame', () => {
  it.each([
    ['a frame of two seconds', 0.5, 500],
    ['100 frames a second', 100, 5],
  ])('keep their times: %s', async (_, frames, perFrame) => {
    const rateHz = frames * perFrame;
    const header = `r 1 ${frames} ${20 * frames}\nr.dat 16x${perFrame} 1000/mV 16 0 0 0 0 ECG\n`;
    const folder = await folderOf({ 'r.dat': samples(20, rateHz), 'r.hea': header });
    const file = path.join(folder, 'r.hea');
    const beats = await opened(file, async (recording) => {
      const found = valueOf(await detectRecord(recording));
      const timeS = Float64Array.from(found, (beat) => beat.timeS);
      const clock = annotationClock(recording);
      const content = { beats: { timeS, beatClass: new Uint8Array(timeS.length) } };
      const written = await writeAnnotationFile(fidAnnotations(content, clock), {
        ...{ directory: folder, record: 'r', annotator: 'qrs', overwrite: false },
        timeResolutionHz: clock.timeResolutionHz,
      });
      valueOf(written);
      return timeS;
    });
    expect(beats.length).toBeGreaterThan(17);
    await opened(file, async (recording) => {
      const read = valueOf(await recording.annotations('qrs'));
      expect(read.timeS.length).toBe(beats.length);
      read.timeS.forEach((timeS, i) => expect(Math.abs(timeS - beats[i]!)).toBeLessThan(0.004));
    });
  });
});

describe('units', () => {
  it.each(UNITS)('a lead in %s is read in mV', async (unit, perMv) => {
    const folder = await folderOf({
      'r.dat': samples(10, 100),
      'r.hea': `r 1 100 1000\nr.dat 16 ${1000 / perMv}/${unit} 16 0 0 0 0 II\n`,
    });
    await opened(path.join(folder, 'r.hea'), async (recording) => {
      const mv = valueOf(await valueOf(leadSignal(recording, 0)).read(0, 1000));
      expect(Math.max(...mv)).toBeGreaterThan(0.9);
      expect(Math.max(...mv)).toBeLessThan(1.2);
    });
  });
});

describe('what is no recording', () => {
  it.each(NO_RECORDINGS)('%s is refused', async (name, content) => {
    const folder = await folderOf({ [name]: content });
    const signalPath = path.join(folder, name);
    const staged = await stageUpload({ signalPath, headerPath: null });
    if (staged.ok) await staged.value.remove();
    expect(staged.ok).toBe(false);
    if (!staged.ok) expect(staged.error.message).toContain(name);
    // The others' door: on the worklist and in a scan.
    const found = valueOf(await findRecords([signalPath]));
    expect(found.paths).toEqual([]);
    expect(found.problems).toHaveLength(1);
  });
});

describe('recordings of one name', () => {
  it.each([
    [['/db/a/x/r.hea', '/db/a/y/r.hea', '/db/b/x/r.hea']],
    [['/db/r.hea', '/db/r.edf', '/db/s.hea']],
    [['/db/a/r.hea', '/db/a/r.csv', '/db/b/r.hea']],
    [['/db/one.zip!/r.hea', '/db/two.zip!/r.hea']],
  ])('keep their results apart: %j', (paths) => {
    const placeOf = placesApart(paths);
    const files = paths.map((one) => path.join(placeOf(one), path.parse(one).name));
    expect(new Set(files).size).toBe(paths.length);
    expect(files.every((one) => !one.startsWith('..'))).toBe(true);
  });
});

describe('missing parts', () => {
  it.each(MISSING_PARTS)('%s is missing time, and named', async (_, files, name, place) => {
    const folder = await folderOf({
      ...files,
      'm.hea': OF_THREE,
    });
    await opened(path.join(folder, 'm.hea'), async (recording) => {
      expect(recording.durationS).toBe(30);
      expect(recording.warnings.map(({ message }) => message).join()).toContain(name);
      for (const part of [0, 1, 2]) {
        const read = valueOf(await recording.readPhysical(0, 1000 * part, 1000 * (part + 1)));
        expect(read.every(Number.isNaN)).toBe(part === place);
      }
    });
    expect(valueOf(await findRecords([folder])).paths.map((one) => path.basename(one))).toEqual([
      'm.hea',
    ]);
  });

  it('one of two signal files leaves the other lead', async () => {
    const header = `r 2 100 2000\n${SIGNAL}\nr2.dat 16 1000/mV 16 0 0 0 0 V5\n`;
    await underHeader(header, async (recording) => {
      expect(recording.warnings.map(({ message }) => message).join()).toContain('r2.dat');
      expect(Math.max(...valueOf(await recording.readPhysical(0, 0, 2000)))).toBeGreaterThan(0.9);
      expect(valueOf(await recording.readPhysical(1, 0, 2000)).every(Number.isNaN)).toBe(true);
    });
  });

  it('segments two folders down, or under a layout, are no recordings of their own', async () => {
    const deep = segment('s1');
    const files = {
      'm.hea': 'm/2 1 100 2000\nparts/a/s1 1000\nparts/b/s2 1000\n',
      ...Object.fromEntries(
        Object.entries(deep).map(([name, content]) => [`parts/a/${name}`, content]),
      ),
      ...Object.fromEntries(
        Object.entries(segment('s2')).map(([name, content]) => [`parts/b/${name}`, content]),
      ),
    };
    const found = valueOf(await findRecords([await folderOf(files)]));
    expect(found.paths.map((one) => path.basename(one))).toEqual(['m.hea']);
    const varying = {
      'v.hea': 'v/3 1 100 2000\nseg/v_layout 0\nseg/v_1 1000\n~ 1000\n',
      'seg/v_layout.hea': 'v_layout 1 100 0\n~ 0 1000/mV 16 0 0 0 0 II\n',
      ...Object.fromEntries(
        Object.entries(segment('v_1')).map(([name, content]) => [`seg/${name}`, content]),
      ),
    };
    const folder = await folderOf(varying);
    const own = valueOf(await findRecords([folder]));
    expect(own.paths.map((one) => path.basename(one))).toEqual(['v.hea']);
    await opened(own.paths[0]!, ({ durationS }) => expect(durationS).toBe(20));
  });
});

describe('ages', () => {
  it.each(AGES)('%s', (comment, years) =>
    underHeader(`r 1 100 2000\n${SIGNAL}\n# ${comment}\n`, ({ patient }) => {
      if (years === null) expect(patient.ageYears).toBeNull();
      else expect(patient.ageYears).toBeCloseTo(years, 2);
    }),
  );
});

describe('headers', () => {
  it.each(HEADERS)('%s', (_, header) =>
    underHeader(header, ({ leads, patient, durationS }) => {
      expect([leads[0]!.name, leads[0]!.samples, durationS, patient.ageYears]).toEqual([
        'II',
        2000,
        20,
        50,
      ]);
    }),
  );

  it.each([
    ['header', 'R.HEA', 'r.dat'],
    ['both', 'R.HEA', 'R.DAT'],
    ['samples', 'r.hea', 'R.DAT'],
  ])('in capitals: %s', async (_, header, signal) => {
    const text = `${path.parse(header).name} 1 100 2000\n${SIGNAL}\n`;
    const folder = await folderOf({ [header]: text, [signal]: samples(20, 100) });
    const found = valueOf(await findRecords([folder]));
    expect(found.paths).toHaveLength(1);
    await opened(found.paths[0]!, ({ durationS }) => expect(durationS).toBe(20));
  });

  it.each(STARTS)(
    'a start of %s is read as it is meant, or it is said that it was not',
    (start, clock) =>
      underHeader(`r 1 100 2000 ${start}\n${SIGNAL}\n`, ({ startClock, warnings }) => {
        // Never a year of antiquity, and never a day that nobody wrote.
        expect(startClock).toBe(clock);
        const said = warnings.some(({ message }) => /date|start|clock|time/i.test(message));
        expect(said).toBe(clock !== '1999-07-12T10:05:00.000');
      }),
  );

  it.each([
    ['no rate', 'r 1\n', SIGNAL],
    ['no gain', 'r 1 100 2000\n', 'r.dat 16'],
    ['more samples than the file holds', 'r 1 100 999999\n', SIGNAL],
  ])('says what was assumed or does not fit: %s', (_, first, signal) =>
    underHeader(`${first}${signal}\n`, async (recording) => {
      expect((await recordingInfo(recording)).warnings.length).toBeGreaterThan(0);
    }),
  );
});

describe('which lead is the ECG', () => {
  it.each(ECG_LEADS)('%j: number %i', async (names, index) => {
    const lines = names.map((name) => `r.dat 16 1000/mV 16 0 0 0 0 ${name}`);
    const header = [`r ${names.length} 100 500`, ...lines, ''].join('\n');
    const folder = await folderOf({
      'r.hea': header,
      'r.dat': samples(5, 100, 1000, names.length),
    });
    await opened(path.join(folder, 'r.hea'), (recording) => {
      const leads = leadsOf(recording);
      expect(leadForModel(leads)).toBe(index);
      expect(leads.slice(0, index).some(({ isEcg }) => isEcg)).toBe(false);
    });
  });
});

describe('annotations', () => {
  it.each([
    [
      'one step back',
      [
        [1, 500],
        [5, 300],
        [1, -200],
        [1, 900],
      ],
    ],
    [
      'everything backwards',
      [
        [1, 1800],
        [5, -500],
        [1, -500],
        [1, -500],
      ],
    ],
  ])('out of order are put in order for a comparison: %s', async (_, steps) => {
    const bytes = Uint8Array.from([
      ...steps.flatMap(([code, step]) => annotation(code!, step!)),
      0,
      0,
    ]);
    const header = `r 1 100 2000\n${SIGNAL}\n`;
    const folder = await folderOf({ ...DAT, 'r.hea': header, 'r.atr': bytes });
    const read = valueOf(await openAnnotated(path.join(folder, 'r.hea'), 'atr'));
    await read.recording.close();
    const at = read.annotations.map(({ sample }) => sample);
    let sum = 0;
    expect(at).toEqual(steps.map(([, step]) => (sum += step!)).sort((a, b) => a - b));
    expect(read.annotations.filter(({ symbol }) => symbol === 'V')).toHaveLength(1);
  });

  it('of every annotator can be chosen, whatever its ending', async () => {
    const bytes = Uint8Array.from([...annotation(1, 100), 0, 0]);
    const folder = await folderOf({
      ...DAT,
      'r.hea': `r 1 100 2000\n${SIGNAL}\n`,
      ...{ 'r.ecg': bytes, 'r.qrsc': bytes, 'r.ari': bytes, 'r.atr-': bytes, 'r.txt': 'none' },
    });
    await opened(path.join(folder, 'r.hea'), async (recording) => {
      const names = await recording.annotators();
      expect(names).toEqual(expect.arrayContaining(['ecg', 'qrsc', 'ari']));
      expect(names).not.toContain('txt');
    });
  });
});

describe('a slow heart', () => {
  it.each([25, 32, 38])('of %i bpm is not Normal', (bpm) => {
    const durationS = 90;
    const timeS = Float64Array.from(
      { length: Math.floor((durationS * bpm) / 60) },
      (_, i) => 0.5 + (60 * i) / bpm,
    );
    const segments = Array.from({ length: 17 }, (_, index): Segment => ({
      ...{ index, startS: 5 * index, endS: 5 * index + 10, verdict: 'Normal', probability: 0.02 },
      ...{ reason: null, refer: false },
    }));
    const { segments: agreed, findings } = findingsOf(
      {
        ...{ durationS, startClock: null, episodes: [], quality: null, findsBeats: true },
        leads: [{ index: 0, name: 'II', isEcg: true }],
        beats: { timeS, beatClass: new Uint8Array(timeS.length) },
        segments,
      },
      DEFAULT_FINDING_THRESHOLDS,
    );
    expect(findings.map(({ kind }) => kind)).toContain('bradycardia');
    expect(agreed.every(({ verdict }) => verdict === 'Abnormal')).toBe(true);
  });
});
