/**
 * ISHNE recordings and annotation files against the answers of independent decoders, `formats/ishne/expected.json` of
 * the data folder (its README says which). Skipped where the data is absent.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecording, recogniseFile } from '../../src/core/formats/list';
import { valueOf } from '../../src/shared/domain/testing/value-of';
import { expectedFiles, expectLead, type ExpectedLead } from './expected-leads';
import { sharedData } from './shared-data';

type Beat = readonly [sample: number, label: string, internal: string];

interface ExpectedIshne {
  readonly kind?: 'ANN';
  readonly start: string;
  readonly variable_block: string | null;
  readonly leads: readonly ExpectedLead[];
  readonly count: number;
  readonly labels: Readonly<Record<string, number>>;
  readonly first: readonly Beat[];
  readonly last: readonly Beat[];
  readonly rate: number;
}

const files = sharedData ? expectedFiles<ExpectedIshne>(sharedData, 'ishne') : {};
const fileOf = (name: string) => path.join(sharedData!, 'formats/ishne', name);
const recordings = Object.entries(files).filter(([, { kind }]) => kind !== 'ANN');
const annotations = Object.entries(files).filter(([, { kind }]) => kind === 'ANN');

/** Mnemonics of the labels that are in the files. */
const SYMBOLS: Record<string, string> = { N: 'N', S: 'S', V: 'V', X: '|' };

describe.skipIf(!sharedData)('ISHNE files', () => {
  it('are two recordings with annotations each', () => {
    expect([recordings.length, annotations.length]).toEqual([2, 2]);
  });

  it.each(recordings)('%s reads as other decoders read it', async (name, wanted) => {
    expect(valueOf(await recogniseFile(fileOf(name)))?.id).toBe('ishne');
    const recording = valueOf(await openRecording(fileOf(name)));
    expect(recording.startClock).toBe(`${wanted.start}.000`);
    expect(recording.leads.map((lead) => lead.name)).toEqual(wanted.leads.map((l) => l.name));
    expect(recording.warnings).toEqual([]);
    if (wanted.variable_block) expect(recording.comments).toContain(wanted.variable_block);
    for (const [index, lead] of wanted.leads.entries()) await expectLead(recording, index, lead);
    await recording.close();
  });

  it.each(annotations)('%s gives the beats of its recording', async (name, wanted) => {
    const recording = valueOf(await openRecording(fileOf(name)));
    expect(recording.path).toBe(fileOf(name.replace('.ann', '.ecg')));
    const read = valueOf(await recording.annotations('ann'));
    expect(read.symbol).toHaveLength(wanted.count);
    for (const [label, count] of Object.entries(wanted.labels)) {
      expect(read.symbol.filter((symbol) => symbol === SYMBOLS[label])).toHaveLength(count);
    }
    const beats = read.symbol.map((symbol, k) => [
      Math.round(read.timeS[k]! * wanted.rate),
      symbol,
    ]);
    const expected = ([sample, label]: Beat) => [sample, SYMBOLS[label]];
    expect(beats.slice(0, wanted.first.length)).toEqual(wanted.first.map(expected));
    expect(beats.slice(-wanted.last.length)).toEqual(wanted.last.map(expected));
    await recording.close();
  });
});
