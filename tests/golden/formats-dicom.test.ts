/**
 * DICOM waveforms against the answers of independent decoders, `formats/dicom/expected.json` of the data folder (its
 * README says which). Skipped where the data is absent.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecording, recogniseFile } from '../../src/core/formats/list';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import { expectedFiles, expectLead, type ExpectedLead } from './expected-leads';
import { sharedData } from './shared-data';

interface ExpectedDicomLead extends ExpectedLead {
  readonly code: string;
  readonly filters: readonly (number | null)[];
  readonly sample_skew?: number;
}

interface ExpectedGroup {
  readonly label: string | null;
  readonly originality: 'ORIGINAL' | 'DERIVED';
  readonly interpretation: string;
  readonly time_offset_ms: number;
  readonly padding: number | null;
  readonly leads: readonly ExpectedDicomLead[];
}

interface ExpectedDicom {
  readonly sop_name: string;
  readonly start: string;
  readonly groups: readonly ExpectedGroup[];
  readonly annotations: {
    readonly count: number;
    readonly numeric: readonly (readonly [name: string, value: number])[];
  };
  readonly error?: string;
}

const files = sharedData ? expectedFiles<ExpectedDicom>(sharedData, 'dicom') : {};
const fileOf = (name: string) => path.join(sharedData!, 'formats/dicom', name);
const readable = Object.entries(files).filter(([, { error }]) => !error);
const broken = Object.entries(files).filter(([, { error }]) => error);

/** Annotation items without any content. */
const EMPTY: Record<string, number> = { 'ecgtoolkit_12lead_implicit.dcm': 96 };

describe.skipIf(!sharedData)('DICOM files', () => {
  it('are seven that can be read and one that cannot', () => {
    expect([readable.length, broken.length]).toEqual([7, 1]);
  });

  it.each(readable)('%s reads as other decoders read it', async (name, wanted) => {
    expect(valueOf(await recogniseFile(fileOf(name)))?.id).toBe('dicom');
    const recording = valueOf(await openRecording(fileOf(name)));
    expect(recording.startClock?.replace(/[-:T]/g, '')).toBe(
      `${wanted.start.padEnd(15, '.').padEnd(18, '0').slice(0, 18)}`,
    );
    const strips = wanted.groups.filter(({ originality }) => originality === 'ORIGINAL');
    const leads = strips.flatMap((group) => group.leads.map((lead) => ({ group, lead })));
    expect(recording.leads.map((lead) => lead.name)).toEqual(leads.map(({ lead }) => lead.name));
    for (const [index, { group, lead }] of leads.entries()) {
      // The checksum of companded samples is over their bytes; ours are what these stand for.
      const companded = group.interpretation === 'MB';
      const wantedLead = companded ? { ...lead, digital_sha256_int32le: undefined } : lead;
      await expectLead(recording, index, wantedLead, group.padding ?? undefined);
      const opened = recording.leads[index]!;
      expect(opened.leadCode).toBe(Number(/\d+$/.exec(lead.code)![0]));
      const { highPassHz, lowPassHz, notchHz } = opened.filters ?? {};
      expect([highPassHz ?? null, lowPassHz ?? null, notchHz ?? null]).toEqual(lead.filters);
      const startS = group.time_offset_ms / 1000 + (lead.sample_skew ?? 0) / lead.rate;
      const before = valueOf(await recording.readPhysical(index, 0, 10_000));
      expect(before.findIndex((value) => !Number.isNaN(value))).toBe(
        Math.round(startS * lead.rate),
      );
    }
    await recording.close();
  });

  it.each(readable)('%s keeps average beats apart from the strips', async (name, wanted) => {
    const recording = valueOf(await openRecording(fileOf(name)));
    const groups = wanted.groups.filter(({ originality }) => originality === 'DERIVED');
    expect(recording.storedBeats).toHaveLength(groups.length);
    for (const [k, { label, leads }] of groups.entries()) {
      const beat = recording.storedBeats[k]!;
      expect(beat.title).toBe(label ?? `Group ${k + 2} (derived)`);
      for (const [lead, expected] of leads.entries()) {
        const values = beat.valuesMv[lead]!;
        expect(values).toHaveLength(expected.samples);
        expect(values[0]).toBeCloseTo(expected.first[0]!, 5);
        expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(expected.sum, 3);
      }
    }
    await recording.close();
  });

  it.each(readable)('%s has the measurements and annotations that others find', async (name, w) => {
    const recording = valueOf(await openRecording(fileOf(name)));
    const numbers = recording.measurements.map(({ name: what, value }) => [what, Number(value)]);
    for (const row of w.annotations.numeric) expect(numbers).toContainEqual(row);
    const annotators = await recording.annotators();
    const rows = annotators[0] ? valueOf(await recording.annotations(annotators[0])).symbol : [];
    // Items that say nothing are counted there, and left out here.
    expect(rows.length + recording.measurements.length).toBe(
      w.annotations.count - (EMPTY[name] ?? 0),
    );
    await recording.close();
  });

  it.each(broken)('%s gives an error that names file and field', async (name) => {
    const opened = await openRecording(fileOf(name));
    expect(!opened.ok && opened.error).toMatchObject({ code: 'bad-signal' });
    expect(!opened.ok && opened.error.message).toMatch(
      /^made_truncated\.dcm: .*Waveform Data.*7200 bytes.* 2912 .*\.$/,
    );
  });
});
