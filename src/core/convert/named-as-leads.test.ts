import path from 'node:path';
import { expect, it } from 'vitest';
import { encodeIshne } from '../formats/ishne/testing/encode-ishne';
import { openRecording } from '../formats/list';
import { writeFiles } from '../formats/shared/testing/open-bytes';
import { leadsOf } from '../recordings/recording-info';
import { convertRecording } from './convert-recording';
import { valueOf } from '../../shared/domain/testing/value-of';

const told = async (file: string) => {
  const recording = valueOf(await openRecording(file));
  const leads = leadsOf(recording).map(({ name, isEcg }) => [name, isEcg]);
  await recording.close();
  return leads;
};

it('leads whose code alone says what they are stay ECG leads, in whatever they are written', async () => {
  const rows = Array.from({ length: 400 }, (_, k) => [k % 50, k % 40, k % 30, k % 20]);
  // V1 beside bipolar, unknown and Frank's X.
  const ishne = encodeIshne({ rows, leadCodes: [11, 1, 0, 2], rateHz: 200 });
  const folder = await writeFiles({ 'x.ecg': ishne });
  const source = path.join(folder, 'x.ecg');
  expect(await told(source)).toEqual(['V1', 'bipolar', 'unknown', 'X'].map((name) => [name, true]));
  for (const to of ['wfdb', 'edf', 'dicom', 'csv'] as const) {
    const options = { to, folder: path.join(folder, to), overwrite: false, anonymiseWeeks: null };
    const { files } = valueOf(await convertRecording(source, 'x', options));
    const leads = await told(files.find((file) => /\.(hea|edf|dcm|csv)$/.test(file))!);
    expect(leads.map(([, isEcg]) => isEcg)).toEqual([true, true, true, true]);
    expect(leads[0]).toEqual(['V1', true]);
    expect(leads[1]![0]).toBe('ECG bipolar');
  }
});
