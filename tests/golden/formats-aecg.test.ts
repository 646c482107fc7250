/**
 * HL7 aECG files against independent decoders' answers (`formats/aecg` of the data folder). Skipped where the data
 * is absent.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { aecgFormat } from '../../src/core/formats/aecg';
import { readFileHead } from '../../src/core/formats/shared/file-head';
import { expectedFiles, expectLead, expectValues, type ExpectedLead } from './expected-leads';
import { sharedData } from './shared-data';

interface ExpectedGroup {
  readonly kind: 'rhythm' | 'representative';
  readonly head: string;
  readonly leads: readonly ExpectedLead[];
}

interface ExpectedFile {
  readonly error?: string;
  readonly series?: readonly {
    readonly controls: readonly string[];
    readonly groups: readonly ExpectedGroup[];
  }[];
}

const FOLDER = path.join(sharedData ?? '', 'formats', 'aecg');
const files = Object.entries(expectedFiles<ExpectedFile>(sharedData, 'aecg'));
const readable = files.filter(([, { error }]) => !error);

describe.skipIf(sharedData === null)('HL7 aECG files', () => {
  it.each(readable)('%s has the samples that other decoders read', async (name, { series }) => {
    const opened = await aecgFormat.open(path.join(FOLDER, name));
    if (!opened.ok) throw new Error(opened.error.message);
    const recording = opened.value;
    const groups = series![0]!.groups;
    const rhythm = groups.find(({ kind }) => kind === 'rhythm')!;
    expect(recording.leads).toHaveLength(rhythm.leads.length);
    for (const [k, lead] of rhythm.leads.entries()) {
      await expectLead(recording, k, lead);
    }
    const digits = recording.startClock!.replace(/[-:T]/g, '');
    expect(digits.startsWith(rhythm.head)).toBe(true);
    const beat = groups.find(({ kind }) => kind === 'representative');
    expect(recording.storedBeats).toHaveLength(beat ? 1 : 0);
    for (const [k, lead] of (beat?.leads ?? []).entries()) {
      const stored = recording.storedBeats[0]!;
      expect([stored.leadNames[k], stored.samplingRateHz]).toEqual([lead.name, lead.rate]);
      expectValues([...stored.valuesMv[k]!], lead);
    }
    expect(recording.leads[0]!.filters !== undefined).toBe(series![0]!.controls.length > 0);
  });

  it.each(files.filter(([, { error }]) => error))('%s fails in words', async (name) => {
    const file = path.join(FOLDER, name);
    const head = await readFileHead(file);
    expect(head.ok && aecgFormat.recognises(head.value)).toBe(true);
    const opened = await aecgFormat.open(file);
    expect(opened.ok).toBe(false);
    if (!opened.ok) expect(opened.error.message).toMatch(new RegExp(`^${name} .*\\.$`));
  });
});
