import { expect, it } from 'vitest';
import { formatTitleInWords } from './format-title';
import { wordsIn } from '.';

it('says the storage format of WFDB in the language of the reader, and leaves names as they are', () => {
  const [english, spanish] = [wordsIn('en'), wordsIn('es')];
  expect(formatTitleInWords('WFDB format 212', english)).toBe('WFDB format 212');
  expect(formatTitleInWords('WFDB format 16, 80', spanish)).toBe('WFDB, formato 16, 80');
  expect(formatTitleInWords('EDF+D', spanish)).toBe('EDF+D');
  expect(formatTitleInWords('DICOM 12-lead ECG', spanish)).toBe('DICOM, ECG de 12 derivaciones');
  expect(formatTitleInWords('Table of samples (text)', spanish)).toBe('Tabla de muestras (texto)');
});
