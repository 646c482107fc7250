/**
 * Zip archives against `formats/zip/expected.json` of the data folder (made with Python's zipfile). Skipped where the
 * data is absent.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMATS, openRecording } from '../../src/core/formats/list';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import { expectedFiles, expectLead, type ExpectedLead } from './expected-leads';
import { sharedData } from './shared-data';

interface ExpectedZip {
  readonly entries?: readonly { readonly name: string; readonly sha256: string }[];
}

const files = sharedData ? expectedFiles<ExpectedZip>(sharedData, 'zip') : {};
const fileOf = (name: string) => path.join(sharedData!, 'formats/zip', name);
const zip = FORMATS.find(({ id }) => id === 'zip')!;

const RECORDINGS: Record<string, readonly string[]> = {
  'made_mitbih_archive.zip': ['mit-bih-arrhythmia-database-1.0.0/201s.hea'],
  'made_stored_mixed.zip': ['cinc/A0001.hea', 'edf/holter.edf'],
  'made_zipslip.zip': ['ok/201s.hea'],
};

describe.skipIf(!sharedData)('zip archives', () => {
  it('are three that can be read and one that cannot', () => {
    expect(Object.keys(files).sort()).toEqual(
      [...Object.keys(RECORDINGS), 'made_truncated.zip'].sort(),
    );
  });

  it.each(Object.entries(RECORDINGS))(
    '%s holds the recordings that it should',
    async (name, inside) => {
      const found = valueOf(await zip.recordingsIn!(fileOf(name)));
      expect(found).toEqual(inside.map((entry) => `${fileOf(name)}!/${entry}`));
      for (const one of found) {
        const recording = valueOf(await openRecording(one));
        expect(recording.path).toBe(one);
        for (const file of recording.files) {
          const entry = files[name]!.entries!.find(
            (e) => path.basename(e.name) === path.basename(file),
          );
          const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
          expect(sha256).toBe(entry!.sha256);
        }
        for (const lead of recording.leads) {
          const window = valueOf(await recording.readPhysical(lead.index, 0, 1000));
          expect(window.some((value) => !Number.isNaN(value))).toBe(true);
        }
        await recording.close();
      }
    },
  );

  it('reads an EDF in an archive as the same file outside', async () => {
    const { leads } = expectedFiles<{ leads: ExpectedLead[] }>(sharedData!, 'edf')[
      'made_12lead_plusD_gaps.edf'
    ]!;
    const entry = `${fileOf('made_stored_mixed.zip')}!/edf/holter.edf`;
    const recording = valueOf(await openRecording(entry));
    for (const [index, lead] of leads.entries()) await expectLead(recording, index, lead);
    await recording.close();
  });

  it('says of a cut archive that it is cut', async () => {
    const opened = await openRecording(fileOf('made_truncated.zip'));
    expect(!opened.ok && opened.error.message).toMatch(
      /^made_truncated\.zip is no whole zip archive.*\.$/,
    );
  });
});
