/**
 * GE's XML files, of MUSE and CardioSoft, against independent decoders' answers (`formats/muse` and `formats/other`
 * of the data folder). Skipped where the data is absent.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cardiosoftFormat } from '../../src/core/formats/cardiosoft';
import { museFormat } from '../../src/core/formats/muse';
import type { OpenRecording } from '../../src/core/formats/open-recording';
import { readFileHead } from '../../src/core/formats/shared/file-head';
import { expectedFiles, expectLead, expectValues, type ExpectedLead } from './expected-leads';
import { sharedData } from './shared-data';

interface ExpectedGroup {
  readonly type: string;
  readonly rate: number;
  readonly filters?: {
    readonly highpass_hz: number;
    readonly lowpass_hz: number;
    readonly ac: string;
  };
  readonly leads: readonly ExpectedLead[];
  readonly derived?: readonly ExpectedLead[];
}

interface ExpectedFile {
  readonly error?: string;
  readonly start: string | null;
  readonly groups: readonly ExpectedGroup[];
  readonly qrs_times_ms?: readonly number[];
}

const FOLDER = path.join(sharedData ?? '', 'formats');
const museFiles = Object.entries(expectedFiles<ExpectedFile>(sharedData, 'muse'));

describe.skipIf(sharedData === null)('GE MUSE files', () => {
  it.each(museFiles.filter(([, { error }]) => !error))(
    '%s has the samples that other decoders read, and derived limb leads',
    async (name, wanted) => {
      const opened = await museFormat.open(path.join(FOLDER, 'muse', name));
      if (!opened.ok) throw new Error(opened.error.message);
      const recording = opened.value;
      expect(recording.startClock?.replace('.000', '') ?? null).toBe(wanted.start);
      const rhythm = wanted.groups.find(({ type }) => type === 'Rhythm')!;
      const { leads } = recording;
      const stored = leads.filter(({ derivedFrom }) => derivedFrom === undefined);
      expect(stored).toHaveLength(rhythm.leads.length);
      for (const [k, lead] of rhythm.leads.entries())
        await expectLead(recording, stored[k]!.index, lead);
      const derived = leads.filter(({ derivedFrom }) => derivedFrom !== undefined);
      expect(derived.map(({ name }) => name)).toEqual(rhythm.derived!.map(({ name }) => name));
      for (const [k, lead] of rhythm.derived!.entries())
        await expectLead(recording, derived[k]!.index, lead);
      expect(leads[0]!.filters).toEqual({
        highPassHz: rhythm.filters!.highpass_hz,
        lowPassHz: rhythm.filters!.lowpass_hz,
        notchHz: Number(rhythm.filters!.ac),
      });
      expectBeat(
        recording,
        wanted.groups.find(({ type }) => type === 'Median')!,
      );
      // Every checksum in these files is right.
      expect(recording.warnings).toEqual([]);
      const marks = await recording.annotations('device');
      const timesMs = marks.ok
        ? [...marks.value.timeS].map((timeS) => Math.round(timeS * 1000))
        : [];
      expect(timesMs).toEqual(wanted.qrs_times_ms);
    },
  );

  it.each(museFiles.filter(([, { error }]) => error))('%s fails in words', async (name) => {
    const file = path.join(FOLDER, 'muse', name);
    const head = await readFileHead(file);
    expect(head.ok && museFormat.recognises(head.value)).toBe(true);
    const opened = await museFormat.open(file);
    expect(opened.ok).toBe(false);
    if (!opened.ok) expect(opened.error.message).toMatch(new RegExp(`^${name} .*\\.$`));
  });
});

describe.skipIf(sharedData === null)('a GE CardioSoft file', () => {
  it.each(Object.entries(expectedFiles<ExpectedFile>(sharedData, 'other')))(
    '%s has the samples that another decoder reads',
    async (name, wanted) => {
      const opened = await cardiosoftFormat.open(path.join(FOLDER, 'other', name));
      if (!opened.ok) throw new Error(opened.error.message);
      const recording = opened.value;
      expect(recording.startClock).toBe(`${wanted.start}.000`);
      const strip = wanted.groups.find(({ type }) => type === 'StripData')!;
      expect(recording.leads).toHaveLength(strip.leads.length);
      for (const [k, lead] of strip.leads.entries()) {
        await expectLead(recording, k, lead);
      }
      expectBeat(
        recording,
        wanted.groups.find(({ type }) => type === 'MedianSamples')!,
      );
      const beats = await recording.annotations('device');
      expect(beats.ok && beats.value.timeS.length).toBe(8);
    },
  );
});

function expectBeat(recording: OpenRecording, wanted: ExpectedGroup): void {
  const [beat] = recording.storedBeats;
  expect(beat?.samplingRateHz).toBe(wanted.rate);
  expect(beat?.leadNames).toEqual(wanted.leads.map(({ name }) => name));
  for (const [k, lead] of wanted.leads.entries()) expectValues([...beat!.valuesMv[k]!], lead);
}
