import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeInference } from '../../src/core/analysis/testing/fake-inference';
import { recordingIdOf } from '../../src/core/base/recording-id';
import { openSqliteStore } from '../../src/core/review/store/sqlite-store';
import { createService, type Service } from '../../src/core/service';
import type { AnalysisResult } from '../../src/core/review/store/types';
import { createInlinePool } from '../../src/core/workers/inline-pool';
import type { RequestContext } from '../../src/shared/contract';
import {
  segmentsOfColumns,
  type Result,
  type ReviewEdit,
  type Segment,
} from '../../src/shared/domain';
import { demoHash } from './demo-hash';
import { readCsv } from './interchange/read-csv';
import { readMitAnnotations, type ReadAnnotation } from './interchange/read-mit-annotations';
import { valueOf } from '../../src/shared/domain/testing/value-of';

/**
 * What a review writes for other programs, read back by readers that share no code with the product: the files must
 * say every beat, every verdict with its note, and every episode.
 */
const DEMO = join(import.meta.dirname, '../../resources/demo/demo');
const RATE_HZ = 360;
const CLASSES = 'NSVFQ';
/** Symbols of the demo's reference beats by class (ANSI/AAMI EC57:2012, table 1). */
const AAMI: Readonly<Record<string, string>> = { N: 'N', L: 'N', A: 'S', V: 'V' };
const context: RequestContext = { signal: new AbortController().signal };
const NOTES = [
  'couplet, "wide" QRS',
  'line one\nline two; commas, too',
  'Желудочковая – 室性早搏',
  '=1+1',
  '',
];

/** An analysis of the demo whose beats are its reference beats. */
function analysisOfDemo(reference: readonly ReadAnnotation[]): AnalysisResult {
  const beats = reference.filter(({ symbol }) => symbol in AAMI);
  const segments = Array.from({ length: 119 }, (_, index): Segment => {
    const isUnreadable = index === 103;
    return {
      index,
      startS: index * 5,
      endS: index * 5 + 10,
      verdict: isUnreadable ? 'Unreadable' : index % 3 === 0 ? 'Abnormal' : 'Normal',
      probability: isUnreadable ? null : index / 200,
      reason: isUnreadable ? 'flat' : null,
      refer: index === 30,
    };
  });
  return {
    segments,
    beats: {
      timeS: Float64Array.from(beats, ({ sample }) => sample / RATE_HZ),
      beatClass: Uint8Array.from(beats, ({ symbol }) => CLASSES.indexOf(AAMI[symbol]!)),
      confidence: new Float32Array(beats.length).fill(0.75),
      attention: new Float32Array(beats.length).fill(0.125),
    },
    episodes: [
      { startS: 306, endS: 384.5, rhythm: '(AFIB', probability: 0.9 },
      { startS: 500.25, endS: 600, rhythm: '(AFL', probability: 0.8 },
    ],
  };
}

/** Three beats by hand: one class changed, one deleted, one added; and decisions with every note. */
const editsOf = ({ beats }: AnalysisResult): ReviewEdit[] => [
  { kind: 'reclass-beat', timeS: beats.timeS[10]!, beatClass: 'F' },
  { kind: 'delete-beat', timeS: beats.timeS[20]! },
  { kind: 'add-beat', timeS: (beats.timeS[30]! + beats.timeS[31]!) / 2, beatClass: 'V' },
  ...NOTES.map((note, i): ReviewEdit => ({
    kind: 'decide-segments',
    segments: [3 * i, 3 * i + 1],
    decision: (['agree', 'overrule', 'unsure'] as const)[i % 3]!,
    note,
  })),
];

/** Beats as they must be found, by sample. */
function wantedBeats({ beats }: AnalysisResult): { sample: number; symbol: string }[] {
  const list = Array.from(beats.timeS, (timeS, i) => ({
    sample: Math.round(timeS * RATE_HZ),
    symbol: CLASSES[beats.beatClass[i]!]!,
  }));
  const added = Math.round(((beats.timeS[30]! + beats.timeS[31]!) / 2) * RATE_HZ);
  list[10]!.symbol = 'F';
  list.splice(20, 1);
  return [...list, { sample: added, symbol: 'V' }].sort((a, b) => a.sample - b.sample);
}

describe('what a review writes, read by second readers', () => {
  let dir: string;
  let service: Service;
  let result: AnalysisResult;
  let fidPath: string;
  /** Segments as every door shows them: in agreement with the beats and episodes. */
  let shown: readonly Segment[];
  const analysisId = 'a'.repeat(32);

  async function fileOf(made: Result<{ documentId: string }>): Promise<string> {
    return valueOf(await service.document(valueOf(made).documentId)).path;
  }

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'fiducial-interchange-'));
    result = analysisOfDemo(readMitAnnotations(readFileSync(`${DEMO}.atr`)));
    const store = valueOf(openSqliteStore(join(dir, 'store')));
    store.putAnalysis({
      analysisId,
      key: { contentHash: await demoHash(`${DEMO}.hea`), modelSha256: 'm', parameters: '{}' },
      modelId: 'beat-attention',
      status: {
        analysisId,
        recordingId: recordingIdOf(`${DEMO}.hea`),
        modelId: 'beat-attention',
        state: 'done',
        segmentsDone: result.segments.length,
        segmentsTotal: result.segments.length,
        elapsedS: 1,
        remainingS: 0,
        lead: null,
        threshold: 0.5,
        provider: 'cpu',
        message: null,
      },
      result,
    });
    store.close();
    service = valueOf(
      await createService({
        pool: createInlinePool(),
        inference: createFakeInference(() => 0.5),
        dataDir: join(dir, 'store'),
        modelsDir: join(dir, 'models'),
        host: 'cli',
        version: '0.0.0',
        emit: () => undefined,
      }),
    );
    valueOf(await service.admit([`${DEMO}.hea`]));
    for (const edit of editsOf(result)) {
      valueOf(
        await service.handlers['review.decide']({ analysisId, edit, reader: 'Dr B' }, context),
      );
    }
    shown = segmentsOfColumns(
      valueOf(await service.handlers['analysis.segments']({ analysisId }, context)).segments,
    );
    // The made-up verdicts call ventricular beats and fibrillation Normal here and there.
    expect(shown.some(({ verdict }, i) => verdict !== result.segments[i]!.verdict)).toBe(true);
    fidPath = await fileOf(await service.handlers['annotations.write']({ analysisId }, context));
  });
  afterAll(async () => {
    await service?.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  /** What every reader must find in the annotation file. */
  function checkAnnotations(
    found: readonly (Omit<ReadAnnotation, 'aux'> & { aux: string })[],
  ): void {
    const beats = found.filter(({ symbol }) => CLASSES.includes(symbol));
    expect(beats).toHaveLength(646 + 75 + 34 + 6); // one of them deleted, one added
    expect(beats.map(({ sample, symbol }) => ({ sample, symbol }))).toEqual(wantedBeats(result));

    const rhythms = found.filter(({ symbol }) => symbol === '+');
    const wanted = [
      [0, '(N'],
      [306, '(AFIB'],
      [384.5, '(N'],
      [500.25, '(AFL'],
    ] as const;
    expect(rhythms.map(({ aux }) => aux)).toEqual(wanted.map(([, aux]) => aux));
    // A mark moves aside where a beat already has its sample, by a sample or two.
    rhythms.forEach(({ sample }, i) => {
      expect(Math.abs(sample - wanted[i]![0] * RATE_HZ)).toBeLessThanOrEqual(2);
    });

    // Findings have comments of their own.
    const comments = found.filter(
      ({ symbol, aux }) => symbol === '"' && /^(Normal|Abnormal|Unreadable)\b/.test(aux),
    );
    const told = shown.filter(
      ({ index, verdict }) => verdict !== 'Normal' || index < 3 * NOTES.length,
    );
    const decided = told.filter(({ index, verdict }) => verdict !== 'Normal' || index % 3 < 2);
    expect(comments).toHaveLength(decided.length);
    decided.forEach((segment, i) => {
      const { sample, aux } = comments[i]!;
      expect(Math.abs(sample - segment.startS * RATE_HZ)).toBeLessThanOrEqual(2);
      expect(aux.startsWith(segment.verdict)).toBe(true);
      if (segment.verdict === 'Unreadable') expect(aux).toContain('flat');
      const place = Math.floor(segment.index / 3);
      if (segment.index % 3 > 1 || place >= NOTES.length) return;
      const decision = (['agree', 'overrule', 'unsure'] as const)[place % 3]!;
      const note = NOTES[place]!.replaceAll('\n', ' ');
      expect(aux).toContain(`; ${decision} by Dr B${note === '' ? '' : `: ${note}`}`);
    });
  }

  it('finds every beat, episode and verdict in the annotation file, by the format alone', () => {
    const found = readMitAnnotations(readFileSync(fidPath));
    checkAnnotations(found.map(({ aux, ...rest }) => ({ ...rest, aux: text(aux) })));
  });

  it('finds every beat in the table of beats', async () => {
    const form = 'beats-csv';
    const path = await fileOf(
      await service.handlers['review.export']({ analysisId, form }, context),
    );
    const rows = readCsv(readFileSync(path, 'utf8'));
    const found = rows.map((row) => ({
      sample: Math.round(Number(row['time_s']) * RATE_HZ),
      symbol: row['class'],
    }));
    expect(found).toEqual(wantedBeats(result));
    // Where nothing can be read beats are listed and do not count, and there is no interval.
    const unread = result.segments.filter(({ verdict }) => verdict === 'Unreadable');
    const counts = rows.map((row) => {
      const timeS = Number(row['time_s']);
      return !unread.some(({ startS, endS }) => startS - 1 < timeS && timeS < endS + 1);
    });
    expect(rows.map((row) => row['counts'] === 'yes')).toEqual(counts);
    rows.slice(1).forEach((row, i) => {
      const rrMs = 1000 * (Number(row['time_s']) - Number(rows[i]!['time_s']));
      if (!counts[i] || !counts[i + 1]) expect(row['rr_ms']).toBe('');
      else expect(Math.abs(Number(row['rr_ms']) - rrMs)).toBeLessThan(0.7);
    });
  });

  it('finds every verdict, decision and note in the table of segments', async () => {
    const form = 'segments-csv';
    const path = await fileOf(
      await service.handlers['review.export']({ analysisId, form }, context),
    );
    const rows = readCsv(readFileSync(path, 'utf8'));
    expect(rows).toHaveLength(shown.length);
    shown.forEach((segment, i) => {
      const row = rows[i]!;
      expect(row['verdict']).toBe(segment.verdict);
      expect(Number(row['start_s'])).toBe(segment.startS);
      expect(row['probability']).toBe(
        segment.probability === null ? '' : String(segment.probability),
      );
      expect(row['reason']).toBe(segment.reason ?? '');
      const place = Math.floor(i / 3);
      const isDecided = i % 3 < 2 && place < NOTES.length;
      expect(row['decision']).toBe(
        isDecided ? (['agree', 'overrule', 'unsure'] as const)[place % 3] : 'none',
      );
      // A note that a spreadsheet would run as a formula is kept from it by an apostrophe.
      const note = isDecided ? NOTES[place]! : '';
      expect(row['note']).toBe(note.startsWith('=') ? `'${note}` : note);
    });
  });

  const python = pythonWithWfdb();
  it.skipIf(!python)('finds the same by wfdb-python (needs a Python with wfdb)', () => {
    const record = join(dir, 'python', 'demo');
    mkdirSync(dirname(record), { recursive: true });
    copyFileSync(fidPath, `${record}.fid`);
    const script = [
      'import json, sys, wfdb',
      'a = wfdb.rdann(sys.argv[1], "fid")',
      'print(json.dumps([a.sample.tolist(), a.symbol, a.aux_note]))',
    ].join('\n');
    const output = execFileSync(python!, ['-c', script, record], { encoding: 'utf8' });
    const [samples, symbols, aux] = JSON.parse(output) as [number[], string[], string[]];
    // wfdb-python gives each byte of the text as a character of its own.
    const decoded = aux.map((note) => text(Buffer.from(note, 'latin1')));
    checkAnnotations(
      samples.map((sample, i) => ({ sample, symbol: symbols[i]!, aux: decoded[i]! })),
    );
  });
});

/** Notes are UTF-8; the WFDB library ends some with a NUL. */
function text(aux: Buffer): string {
  return aux.toString('utf8').replace(/\0+$/, '');
}

/** The first Python of FIDUCIAL_PYTHON (a list as in PATH), else `python3`, that has wfdb. */
function pythonWithWfdb(): string | null {
  const listed = process.env['FIDUCIAL_PYTHON']?.split(delimiter).filter(Boolean) ?? [];
  const commands = listed.length > 0 ? listed : ['python3'];
  return (
    commands.find((command) => {
      try {
        execFileSync(command, ['-c', 'import wfdb'], { stdio: 'ignore', timeout: 60_000 });
        return true;
      } catch {
        return false;
      }
    }) ?? null
  );
}
