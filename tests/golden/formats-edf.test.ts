/**
 * EDF, EDF+ and BDF files against the answers of independent decoders, `formats/edf/expected.json` of the data folder
 * (its README says which). Skipped where the data is absent.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecording, recogniseFile } from '../../src/core/formats/list';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import { expectedFiles, expectLead, type ExpectedLead } from './expected-leads';
import { sharedData } from './shared-data';

type Row = readonly [onsetS: number, durationS: number | null, text: string];

interface ExpectedEdf {
  readonly start: string;
  readonly records: number;
  readonly record_seconds: number;
  readonly kind: string;
  readonly warning?: string;
  readonly segments?: readonly { readonly onset_s: number; readonly seconds: number }[];
  readonly leads: readonly ExpectedLead[];
  readonly annotations?: { count: number; first: readonly Row[]; last: readonly Row[] };
}

const files = sharedData ? expectedFiles<ExpectedEdf>(sharedData, 'edf') : {};
const fileOf = (name: string) => path.join(sharedData!, 'formats/edf', name);

/** Seconds from the header's start time to the first data record, by the file's own onsets. */
const FIRST_ONSET_S: Record<string, number> = {
  'edfAnnonC.edf': 0.7,
  'utf8_subsecond.edf': 0.3945312,
  'made_12lead_plusD_gaps.edf': 0.25,
};

describe.skipIf(!sharedData)('EDF files', () => {
  it('are fourteen', () => expect(Object.keys(files)).toHaveLength(14));

  it.each(Object.entries(files))('%s reads as other decoders read it', async (name, wanted) => {
    const file = fileOf(name);
    expect(valueOf(await recogniseFile(file))?.id).toBe('edf');
    const recording = valueOf(await openRecording(file));
    expect(recording.formatTitle).toBe(wanted.kind);
    expect(recording.startClock).toBe(wanted.start);
    expect(recording.leads.map((lead) => lead.name)).toEqual(wanted.leads.map((l) => l.name));
    expect(recording.warnings.some(({ code }) => code === 'record-count')).toBe(
      wanted.warning !== undefined,
    );
    const zero = FIRST_ONSET_S[name] ?? 0;
    const segments = wanted.segments ?? [
      { onset_s: zero, seconds: wanted.records * wanted.record_seconds },
    ];
    const end = segments.at(-1)!;
    expect(recording.durationS).toBeCloseTo(end.onset_s + end.seconds - zero, 9);
    expect(recording.gaps).toEqual(
      segments.slice(1).map(({ onset_s }, k) => ({
        startS: expect.closeTo(segments[k]!.onset_s + segments[k]!.seconds - zero, 9),
        endS: expect.closeTo(onset_s - zero, 9),
      })),
    );
    for (const [index, lead] of wanted.leads.entries()) await expectLead(recording, index, lead);
    await recording.close();
  });

  it.each(Object.entries(files).filter(([, wanted]) => wanted.annotations))(
    '%s has the annotations that other decoders find',
    async (name, { annotations: wanted }) => {
      const recording = valueOf(await openRecording(fileOf(name)));
      const [annotator] = await recording.annotators();
      const read = valueOf(await recording.annotations(annotator!));
      const zero = FIRST_ONSET_S[name] ?? 0;
      const rows = read.symbol.map((symbol, k) => [
        read.timeS[k]! + zero,
        read.durationS![k]!,
        read.aux[k] || symbol,
      ]);
      const expected = (row: Row) => [expect.closeTo(row[0], 6), row[1] ?? 0, row[2]];
      expect(rows).toHaveLength(wanted!.count);
      expect(rows.slice(0, wanted!.first.length)).toEqual(wanted!.first.map(expected));
      // The last in the file; ours are in order of time.
      expect(rows).toEqual(expect.arrayContaining(wanted!.last.map(expected)));
      await recording.close();
    },
  );

  it.each(Object.keys(files))('%s reads the same in windows', async (name) => {
    const recording = valueOf(await openRecording(fileOf(name)));
    for (const { index, samples } of recording.leads) {
      const whole = valueOf(await recording.readDigital(index, 0, samples));
      for (const start of [1, Math.floor(samples / 3), Math.max(0, samples - 500)]) {
        const part = valueOf(await recording.readDigital(index, start, start + 1001));
        expect(part).toEqual(whole.slice(start, start + 1001));
      }
    }
    await recording.close();
  });
});
