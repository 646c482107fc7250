import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ecgLeadsAmong, type Lead } from '../../shared/domain';
import { openRecording } from '../formats/list';
import { writeAnnotations } from '../formats/wfdb';
import { patientInComments } from '../formats/wfdb/patient';
import { encodeSamples } from '../formats/wfdb/testing/encode';
import { withFiles, type Files } from '../formats/wfdb/testing/files';
import { contentHash } from './content-hash';
import { leadForModel } from './lead-for-model';
import { recordingInfo } from './recording-info';
import { recordingReport } from './recording-report';

const FILES: Files = {
  'r.hea': [
    'r 3 100 10 10:00:00 01/02/2003',
    'r.dat 16x2 0 12 0 0 0 0 ECG lead II',
    'r.dat 16 12.5/mmHg 12 0 0 0 0 ABP',
    'r.dat 16 100/uV',
    '# Synthetic record',
    '# Age: 74',
    '# Sex: Female',
  ].join('\n'),
  'r.dat': encodeSamples(
    16,
    Array.from({ length: 40 }, (_, k) => k),
  ),
  'r.atr': writeAnnotations([]),
  'r.qrs': writeAnnotations([]),
  'r.txt': 'notes',
  'r.odd': 'not annotations',
  'r2.atr': writeAnnotations([]),
};

it('describes a record', () =>
  withFiles(FILES, async (folder) => {
    const opened = await openRecording(path.join(folder, 'r'));
    if (!opened.ok) throw new Error(opened.error.message);
    const info = await recordingInfo(opened.value);
    await opened.value.close();
    expect(info).toMatchObject({
      name: 'r',
      folder: path.basename(folder),
      durationS: 0.1,
      samplingRateHz: 200,
      startClock: '2003-02-01T10:00:00.000',
      comments: ['Synthetic record', 'Age: 74', 'Sex: Female'],
      patient: { name: null, id: null, birthDate: null, ageYears: 74, sex: 'F' },
      synthetic: true,
      annotators: ['atr', 'qrs'],
    });
    expect(
      info.leads.map((lead) => [lead.name, lead.isEcg, lead.samplingRateHz, lead.gainAssumed]),
    ).toEqual([
      ['ECG lead II', true, 200, true],
      ['ABP', false, 100, false],
      ['signal 2', false, 100, false],
    ]);
    expect(info.warnings.map((warning) => warning.code)).toEqual(['gain-assumed']);
    expect(leadForModel(info.leads)).toBe(0);
  }));

it('reports it with its storage, and with what the samples say when asked', () =>
  withFiles(FILES, async (folder) => {
    const plain = await recordingReport(path.join(folder, 'r'));
    expect(plain.ok && plain.value).toMatchObject({
      files: ['r.hea', 'r.dat'],
      verified: false,
    });
    const verified = await recordingReport(path.join(folder, 'r'), { verify: true });
    // The header says that both named signals sum to 0.
    expect(verified.ok && verified.value.warnings.map((warning) => warning.code)).toEqual([
      'gain-assumed',
      'checksum',
      'checksum',
    ]);
  }));

it('hashes names and contents, not the place', async () => {
  const hash = (files: Files) =>
    withFiles(files, async (folder) => {
      const opened = await openRecording(path.join(folder, 'r'));
      if (!opened.ok) throw new Error(opened.error.message);
      const hashed = await contentHash(opened.value);
      const stopped = await contentHash(opened.value, AbortSignal.abort());
      expect(!stopped.ok && stopped.error.code).toBe('cancelled');
      await opened.value.close();
      return hashed.ok ? hashed.value : hashed.error.message;
    });
  const first = await hash(FILES);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await hash(FILES)).toBe(first);
  expect(
    await hash({ ...FILES, 'r.dat': encodeSamples(16, new Array<number>(40).fill(1)) }),
  ).not.toBe(first);
  expect(await hash({ ...FILES, 'r.hea': `${String(FILES['r.hea'])}\n# more` })).not.toBe(first);
  expect(await hash({ ...FILES, 'r.atr': writeAnnotations([]).slice(0, 1) })).toBe(first);
});

describe('patientInComments', () => {
  it.each([
    [['69 M 1085 1629 x1'], 69, 'M'],
    [['<age>: 60 <sex>: F'], 60, 'F'],
    [['<age>: 25  <sex>: M  <diagnoses>: (none)'], 25, 'M'],
    [['age: 81', 'sex: female'], 81, 'F'],
    [['Age: NaN', 'Sex: Unknown'], null, null],
    [['Age: 6 months'], 0.5, null],
    [['Age: 60 years', 'Sex: M'], 60, 'M'],
    [['Sex: F Age: 44'], 44, 'F'],
    [['Gestational age: 30 weeks'], null, null],
    [['Maternal age: 31'], null, null],
    [['Patient age: 71'], 71, null],
    [['Age at onset: 12'], null, null],
    [['<age>: ?? <sex>: ?'], null, null],
    [['-1 M 1 1 x1', 'Aldomet'], null, null],
    [['Age: 999', 'Message: 12', 'stage: 3'], null, null],
    [['age: 01/02/1990'], null, null],
    [['<age>: 40-50 <sex>: F'], null, 'F'],
    [['Age: 89+'], null, null],
    [['Age: 62 - Sex: M'], 62, 'M'],
    [[], null, null],
    [['Age: 1,5', 'Sex: F/M'], 1.5, null],
  ])('%j', (comments, ageYears, sex) =>
    expect(patientInComments(comments)).toMatchObject({ ageYears, sex }),
  );
});

describe('leadForModel', () => {
  const leads = (...names: string[]): Lead[] => {
    const isEcg = ecgLeadsAmong(names.map((name) => ({ name, units: 'mV' })));
    return names.map((name, index) => ({
      index,
      name,
      units: 'mV',
      isEcg: isEcg[index]!,
      samplingRateHz: 360,
      gainAduPerUnit: 200,
      gainAssumed: false,
      baselineAdu: 0,
      adcResolutionBits: 12,
    }));
  };

  it.each([
    [['V5', 'MLII'], 1],
    [['V5', 'mlii', 'II'], 1],
    [['I', 'II', 'III'], 1],
    [['V1', 'ECG lead ii'], 1],
    [['V1', 'V2'], 0],
    [['RESP', 'III'], 1],
    [['RESP', 'PLETH'], null],
  ])('%j', (names, index) => expect(leadForModel(leads(...names))).toBe(index));
});
