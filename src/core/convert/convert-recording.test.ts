import path from 'node:path';
import { expect, it } from 'vitest';
import type { RecordingForm } from '../../shared/contract';
import { valueOf } from '../../shared/domain/testing/value-of';
import { openRecording } from '../formats/list';
import { writeFiles } from '../formats/shared/testing/open-bytes';
import { convertRecording, outputNames } from './convert-recording';

it('names files after the recording, and tells those of one name apart', () => {
  const names = outputNames();
  expect(
    [
      '/a/x.edf',
      '/b/x.dcm',
      '/c/X.edf',
      '/c/x.EDF',
      '/a/ECG_P28.01.ecg',
      '/a/z.zip!/in/100.hea',
      '/odd!/file',
    ].map(names.take),
  ).toEqual(['x', 'x_dcm', 'X_edf', 'x_2', 'ECG_P28.01', '100', 'file']);
  names.free('x');
  expect(names.take('/d/x.xml')).toBe('x');
});

it.each<RecordingForm>(['wfdb', 'edf', 'dicom'])(
  'says of a gain that nobody stated that it was assumed, and as WFDB leaves it so: %s',
  async (to) => {
    const folder = await writeFiles({
      'x.hea': 'x 1 250 4\nx.dat 16 0(0)/mV 16 0 1 10 0 II\n',
      'x.dat': Buffer.from(Int16Array.from([1, 2, 3, 4]).buffer),
    });
    const options = { to, folder: path.join(folder, to), overwrite: false, anonymiseWeeks: null };
    const made = valueOf(await convertRecording(path.join(folder, 'x.hea'), 'x', options));
    expect(made.warnings.map(({ message }) => message)).toEqual([
      'No gain is given for II; 200 ADU/mV was assumed.',
    ]);
    const copy = valueOf(await openRecording(made.files.at(-1)!));
    expect(valueOf(await copy.readPhysical(0, 0, 1))[0]).toBeCloseTo(1 / 200, 9);
    expect(copy.leads[0]!.gainAssumed).toBe(to === 'wfdb');
    await copy.close();
  },
);
