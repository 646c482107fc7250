/**
 * Philips' XML files against independent decoders' answers (`formats/philips` of the data folder), which still have
 * the calibration mark in their samples. Skipped where the data is absent.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { philipsFormat } from '../../src/core/formats/philips';
import { undoLimbDifferences, unpackXli } from '../../src/core/formats/philips/xli';
import { find } from '../../src/core/formats/shared/xml/query';
import { readXml } from '../../src/core/formats/shared/xml/read';
import { expectedFiles, expectValues, sha256Of, type ExpectedLead } from './expected-leads';
import { sharedData } from './shared-data';

interface ExpectedFile {
  readonly start: string;
  readonly declared_samples: number;
  readonly leads: readonly ExpectedLead[];
  readonly calibration_tail: {
    readonly from_sample: number;
    readonly pulse_first: number;
    readonly pulse_last: number;
    readonly pulse_mV: number;
  };
  readonly repbeats?: readonly ExpectedLead[];
}

/** What fills the place of a representative beat after its end; expected.json counts it as samples. */
const NOTHING = 32_767;

describe.skipIf(sharedData === null)('Philips files', () => {
  it.each(Object.entries(expectedFiles<ExpectedFile>(sharedData, 'philips')))(
    '%s has the samples that other decoders read, without the calibration mark',
    async (name, wanted) => {
      const file = path.join(sharedData!, 'formats', 'philips', name);
      const names = wanted.leads.map((lead) => lead.name);
      const unpacked = await unpack(file, names);
      const opened = await philipsFormat.open(file);
      if (!opened.ok) throw new Error(opened.error.message);
      const recording = opened.value;
      expect(recording.startClock).toBe(`${wanted.start}.000`);
      expect(recording.leads.map((lead) => lead.name)).toEqual(names);
      expect(recording.warnings.map(({ code }) => code)).toEqual(['calibration-mark']);
      const tail = wanted.calibration_tail;
      for (const [k, lead] of recording.leads.entries()) {
        expect(lead.samplingRateHz).toBe(wanted.leads[k]!.rate);
        expect(lead.derivedFrom !== undefined).toBe(/^(III|aV[RLF])$/.test(lead.name));
        const whole = unpacked.get(lead.name)!;
        expect(sha256Of(Int32Array.from(whole))).toBe(wanted.leads[k]!.digital_sha256_int32le);
        expectValues(
          Array.from(whole, (sample) => sample * 0.005),
          wanted.leads[k]!,
        );
        // Where no electrode was on, the leads are zero up to the pulse: only what surely is the mark goes.
        expect(lead.samples).toBe(tail.from_sample || 5300);
        const read = await recording.readDigital(k, 0, lead.samples);
        expect(read.ok && read.value).toEqual(Int32Array.from(whole.subarray(0, lead.samples)));
      }
      expectBeats(recording.storedBeats[0], wanted.repbeats);
    },
  );
});

async function unpack(file: string, names: readonly string[]): Promise<Map<string, Int16Array>> {
  const document = await readXml(file);
  if (!document.ok) throw new Error(document.error.message);
  const data = find(document.value, 'waveforms', 'parsedwaveforms')!;
  const leads = unpackXli(Buffer.from(data.text, 'base64'), file);
  if (!leads.ok) throw new Error(leads.error.message);
  const stored = names.map((name, k) => ({ name, samples: leads.value[k]! }));
  undoLimbDifferences(stored);
  return new Map(stored.map(({ name, samples }) => [name, samples]));
}

function expectBeats(
  beat: { readonly samplingRateHz: number; readonly valuesMv: readonly Float64Array[] } | undefined,
  wanted: readonly ExpectedLead[] | undefined,
): void {
  expect(beat === undefined).toBe(wanted === undefined);
  for (const [k, lead] of (wanted ?? []).entries()) {
    expect(beat!.samplingRateHz).toBe(lead.rate);
    const values = beat!.valuesMv[k]!;
    const microvolts = lead.max > 80 ? (lead.max * 1000) / NOTHING : 0;
    const padded = new Float64Array(lead.samples).fill((NOTHING * microvolts) / 1000);
    padded.set(values);
    expectValues([...padded], lead);
  }
}
