import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Segment, SegmentDecision } from '../../shared/domain';
import { readAnnotations } from '../formats/wfdb';
import { fidAnnotations } from './fid-annotations';
import { isAnnotatorName, writeAnnotationFile } from './write-annotation-file';

const beats = {
  timeS: Float64Array.of(0.5, 1.5, 2.1, 9.9999),
  beatClass: Uint8Array.of(0, 2, 1, 4),
};

function segment(index: number, more: Partial<Segment>): Segment {
  const startS = index * 5;
  return {
    index,
    startS,
    endS: startS + 10,
    verdict: 'Normal',
    probability: 0.1,
    reason: null,
    refer: false,
    ...more,
  };
}

function decision(segmentIndex: number, more: Partial<SegmentDecision>): SegmentDecision {
  return { segment: segmentIndex, decision: 'agree', note: '', reader: 'ab', atMs: 0, ...more };
}

const lines = (annotations: readonly { sample: number; symbol: string; aux: string }[]) =>
  annotations.map(({ sample, symbol, aux }) => `${sample} ${symbol} ${aux}`.trim());

describe('fidAnnotations', () => {
  it('says of a note that is longer than WFDB can tell that it goes on', () => {
    const [abnormal] = [segment(0, { verdict: 'Abnormal', probability: 0.9 })];
    const comment = (note: string) =>
      fidAnnotations(
        { beats: { timeS: new Float64Array(), beatClass: new Uint8Array() }, segments: [abnormal!], decisions: [decision(0, { note })] }, // oxfmt-ignore
        { rateHz: 100, samples: 1000 },
      )[0]!.aux;
    const long = comment('é'.repeat(4000));
    expect(long).toMatch(/^Abnormal 0\.90; agree by ab: é+…$/);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(255);
    // Accents that fit with a byte each are written so.
    expect(comment('é'.repeat(200))).toMatch(/: é{200}$/);
  });

  it('places beats by class, never beyond the record', () => {
    expect(lines(fidAnnotations({ beats }, { rateHz: 100, samples: 1000 }))).toEqual([
      '50 N',
      '150 V',
      '210 S',
      '999 Q',
    ]);
  });

  it('says at its first edge what a reader measured', () => {
    const mark = { id: 'm', kind: 'QT', startS: 1.6, endS: 1.988, lead: 0, rrMs: 760 } as const;
    const calipers = [{ ...mark, startMv: null, endMv: null, reader: 'ab', atMs: 0 }];
    const leads = [{ name: 'MLII' }];
    const said = lines(fidAnnotations({ beats, calipers, leads }, { rateHz: 100, samples: 1000 }));
    expect(said).toContain(
      '160 " QT 388 ms, QTcF 425 ms, QTcB 445 ms, RR 760 ms; measured by ab in MLII',
    );
    const everyLead = calipers.map((one) => ({ ...one, lead: null }));
    expect(
      lines(fidAnnotations({ beats, calipers: everyLead }, { rateHz: 100, samples: 1000 })),
    ).toContain('160 " QT 388 ms, QTcF 425 ms, QTcB 445 ms, RR 760 ms; measured by ab');
  });

  it('begins and ends episodes, and moves aside for a beat', () => {
    const episodes = [
      { startS: 1.5, endS: 2, rhythm: '(AFIB', probability: 0.9 },
      { startS: 2, endS: 3, rhythm: '(AFL', probability: 0.9 },
      { startS: 8, endS: 10, rhythm: '(AFIB', probability: 0.9 },
    ];
    expect(lines(fidAnnotations({ beats, episodes }, { rateHz: 100, samples: 1000 }))).toEqual([
      '0 + (N',
      '50 N',
      '150 V',
      '151 + (AFIB',
      '200 + (AFL',
      '210 S',
      '300 + (N',
      '800 + (AFIB',
      '999 Q',
    ]);
  });

  it('comments on segments that are not Normal or were decided on', () => {
    const segments = [
      segment(0, { verdict: 'Abnormal', probability: 0.934 }),
      segment(1, {}),
      segment(2, { verdict: 'Unreadable', probability: null, reason: 'flat' }),
      segment(3, {}),
    ];
    const decisions = [
      decision(0, { decision: 'overrule', note: 'wander\nonly' }),
      decision(1, { decision: 'none' }),
      decision(3, {}),
    ];
    const none = { timeS: new Float64Array(0), beatClass: new Uint8Array(0) };
    expect(
      lines(fidAnnotations({ beats: none, segments, decisions }, { rateHz: 100, samples: 5000 })),
    ).toEqual([
      '0 " Abnormal 0.93; overrule by ab: wander only',
      '1000 " Unreadable: flat',
      '1500 " Normal 0.10; agree by ab',
    ]);
  });
});

describe('writeAnnotationFile', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'fid-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('writes what readAnnotations reads, and replaces nothing unasked', async () => {
    const annotations = fidAnnotations({ beats }, { rateHz: 100, samples: 1000 });
    const target = {
      directory,
      record: 'r1',
      annotator: 'fid',
      timeResolutionHz: null,
      overwrite: false,
    };
    const written = await writeAnnotationFile(annotations, target);
    expect(written).toEqual({ ok: true, value: join(directory, 'r1.fid') });
    const read = await readAnnotations(join(directory, 'r1.fid'));
    expect(read.ok && read.value.annotations).toEqual(annotations);

    expect(await writeAnnotationFile([], target)).toMatchObject({ error: { code: 'conflict' } });
    const again = await writeAnnotationFile([], { ...target, overwrite: true });
    expect(again.ok).toBe(true);
    expect(await readdir(directory)).toEqual(['r1.fid']);
  });

  it('says so when the folder cannot be written', async () => {
    const target = { record: 'r1', annotator: 'fid', timeResolutionHz: null, overwrite: false };
    const answer = await writeAnnotationFile([], { ...target, directory: join(directory, 'no') });
    expect(answer).toMatchObject({ error: { code: 'not-writable' } });
  });

  it('knows what can be an annotator', () => {
    expect(['qrs', 'fid', 'anI'].every(isAnnotatorName)).toBe(true);
    expect(['', '../x', 'a.b', 'dat', 'hea', '1x'].some(isAnnotatorName)).toBe(false);
  });
});
