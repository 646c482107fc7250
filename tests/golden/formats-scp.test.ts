/**
 * SCP-ECG files against independent decoders' answers (`formats/scp` of the data folder). Skipped where the data is
 * absent.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OpenRecording } from '../../src/core/formats/open-recording';
import { scpFormat } from '../../src/core/formats/scp';
import { readFileHead } from '../../src/core/formats/shared/file-head';
import { expectedFiles, expectLead, expectValues, type ExpectedLead } from './expected-leads';
import { sharedData } from './shared-data';

interface ExpectedFile {
  readonly error?: string;
  readonly start: string | null;
  readonly bimodal: number;
  readonly leads: readonly (ExpectedLead & {
    readonly scp_lead: number;
    readonly declared_samples: number;
  })[];
  readonly filters: {
    readonly highpass_hz: number | null;
    readonly lowpass_hz: number | null;
    readonly notch_bits: number | null;
  };
  readonly reference_beat?: { readonly rate: number; readonly leads: readonly ExpectedLead[] };
}

const FOLDER = path.join(sharedData ?? '', 'formats', 'scp');
/** Has words where the numbers of its date should be. */
const ANONYMISED = 'welchallyn_v3r_v7_anon.scp';
const files = Object.entries(expectedFiles<ExpectedFile>(sharedData, 'scp'));

async function open(name: string): Promise<OpenRecording> {
  const opened = await scpFormat.open(path.join(FOLDER, name));
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

describe.skipIf(sharedData === null)('SCP-ECG files', () => {
  it.each(files.filter(([, { error }]) => !error))(
    '%s has the samples that other decoders read',
    async (name, wanted) => {
      const recording = await open(name);
      expect(recording.startClock).toBe(wanted.start === null ? null : `${wanted.start}.000`);
      const stored = recording.leads.filter(({ derivedFrom }) => derivedFrom === undefined);
      expect(stored.map(({ leadCode }) => leadCode)).toEqual(
        wanted.leads.map((lead) => lead.scp_lead),
      );
      for (const [k, lead] of wanted.leads.entries())
        await expectLead(recording, stored[k]!.index, lead);
      expect(stored[0]!.filters).toEqual({
        highPassHz: wanted.filters.highpass_hz || null,
        lowPassHz: wanted.filters.lowpass_hz || null,
        notchHz: wanted.filters.notch_bits === 2 ? 50 : null,
      });
      // All twelve leads, the missing ones of the limbs derived.
      const names = recording.leads.map((lead) => lead.name);
      expect(names).toEqual(expect.arrayContaining(['I', 'II', 'III', 'aVR', 'aVL', 'aVF']));
      const beat = recording.storedBeats[0];
      expect(beat?.samplingRateHz.toFixed(6)).toBe(wanted.reference_beat?.rate.toFixed(6));
      for (const [k, lead] of (wanted.reference_beat?.leads ?? []).entries()) {
        expect(beat!.leadNames[k]).toBe(lead.name);
        expectValues([...beat!.valuesMv[k]!], lead);
      }
      const short = wanted.leads.some((lead) => lead.samples < lead.declared_samples);
      const codes = [...(name === ANONYMISED ? ['bad-clock'] : []), ...(short ? ['length'] : [])];
      expect(recording.warnings.map(({ code }) => code)).toEqual(codes);
    },
  );

  it('give the original again where a reference beat was subtracted', async () => {
    const [original, bimodal] = [
      await open('ecgtoolkit_eli250.scp'),
      await open('made_bimodal_refbeat.scp'),
    ];
    for (const { index, samples } of original.leads) {
      const [wanted, lossy] = [
        await original.readPhysical(index, 0, samples),
        await bimodal.readPhysical(index, 0, samples),
      ];
      if (!wanted.ok || !lossy.ok) throw new Error('not read');
      // Exact within the protected zones; outside 4 of 5 values are interpolated.
      for (let k = 132; k < 212; k++) expect(lossy.value[k]).toBeCloseTo(wanted.value[k]!, 9);
      const far = wanted.value.reduce(
        (most, value, k) => Math.max(most, Math.abs(value - lossy.value[k]!)),
        0,
      );
      expect(far).toBeLessThan(0.1);
    }
  });

  it.each(files.filter(([, { error }]) => error))('%s fails in words', async (name) => {
    const file = path.join(FOLDER, name);
    const head = await readFileHead(file);
    expect(head.ok && scpFormat.recognises(head.value)).toBe(true);
    const opened = await scpFormat.open(file);
    expect(opened.ok).toBe(false);
    if (!opened.ok)
      expect(opened.error.message).toMatch(new RegExp(`^${name}.*(section|header).*\\.$`));
  });
});
