import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/contract';
import { wordsIn } from '../../shared/words';
import { inWords } from '../../shared/domain/said';
import { parseSettingsFile, settingsFileText } from './settings-file';
import { valueOf } from '../../shared/domain/testing/value-of';

const OURS: Settings = {
  ...DEFAULT_SETTINGS,
  readerName: 'Dr A',
  secondReader: true,
  modelId: 'own',
  pxPerMmByDisplay: { display: 4 },
  mainsHz: 60,
  clockHours: 12,
  keys: { undo: 'Backspace' },
  gainMmPerMv: 20,
  institution: 'Hôpital “Nord”',
  logo: 'data:image/png;base64,aGk=',
  findings: { ...DEFAULT_SETTINGS.findings, pauseS: 3 },
};
const refusal = (settings: object, head: object = {}): string => {
  const file = { format: 'fiducial-settings', formatVersion: 1, settings, ...head };
  const read = parseSettingsFile(JSON.stringify(file), 's.json');
  return read.ok ? 'taken' : read.error.message;
};

it('come back as they were, without what is of this reader and this machine', () => {
  const text = settingsFileText(OURS);
  const { readerName, secondReader, modelId, pxPerMmByDisplay, ...portable } = OURS;
  expect(valueOf(parseSettingsFile(text, 's.json'))).toEqual(portable);
  expect(valueOf(parseSettingsFile(`\uFEFF${text}`, 's.json'))).toEqual(portable);
  for (const own of [readerName, modelId, ...Object.keys(pxPerMmByDisplay)])
    expect(text).not.toContain(`"${own}"`);
  expect(secondReader).toBe(true);
});

it('of a few fields leave the others as they are', () => {
  const file = { format: 'fiducial-settings', formatVersion: 1, settings: { mainsHz: 50 } };
  expect(valueOf(parseSettingsFile(JSON.stringify(file), 's.json'))).toEqual({ mainsHz: 50 });
});

it('are refused with file and field where one cannot be taken', () => {
  const nothing = 'nothing of the file was taken over.';
  const { findings } = DEFAULT_SETTINGS;
  expect(refusal({ mainsHz: 55 })).toBe(`s.json: mainsHz cannot be 55; ${nothing}`);
  expect(refusal({ theme: 'dark', findings: { ...findings, pauseS: 100 } })).toBe(
    `s.json: findings.pauseS cannot be 100; ${nothing}`,
  );
  const incomplete = { ...findings, pauseS: undefined };
  const file = {
    format: 'fiducial-settings',
    formatVersion: 1,
    settings: { findings: incomplete },
  };
  const read = parseSettingsFile(JSON.stringify(file), 's.json');
  expect(!read.ok && read.error.message).toBe(
    `s.json: findings.pauseS cannot be left out; ${nothing}`,
  );
  expect(!read.ok && inWords(read.error, wordsIn('es'))).toBe(
    's.json: findings.pauseS no puede ser omitido; no se ha importado nada del archivo.',
  );
  expect(refusal({ logo: `data:image/svg+xml;base64,${'A'.repeat(90)}` })).toMatch(
    /^s.json: logo cannot be "data:image.{1,40}…; nothing/,
  );
  expect(refusal({ readerName: 'B' })).toBe(
    `s.json: readerName is no setting of Fiducial; ${nothing}`,
  );
  expect(refusal({ toString: 1 })).toContain('toString is no setting');
  expect(refusal({ mainsHz: 50 }, { formatVersion: 2 })).toContain('of a later version');
  for (const text of ['', 'no JSON', '[]', '{}', '{"format":"fiducial-review"}']) {
    const read = parseSettingsFile(text, 's.json');
    expect(read).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(!read.ok && inWords(read.error, wordsIn('es'))).toBe(
      's.json no contiene ajustes exportados por Fiducial.',
    );
  }
});
