import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FINDING_KINDS } from '../../shared/domain/finding-kinds';
import { aFinding } from '../../shared/domain/testing/a-finding';
import { withRows, type BeatRows } from '../../shared/domain/beat-rows';
import { findingInWords } from './description';
import { hueOf, kindShort, wayToSettle } from './kinds';
import { createMockTransport } from '../transport/mock';
import { provideTransport } from '../transport';
import { chipOf, valueOf } from './value';

beforeEach(() => {
  vi.stubGlobal('window', { screen: { width: 1, height: 1 }, devicePixelRatio: 1 });
  provideTransport(createMockTransport({ durationS: 10, delayMs: 0 }));
  setActivePinia(createPinia());
});

/** Beats a second apart, three of class V half a second apart from 10 s on. */
const beats: BeatRows = withRows({
  timeS: Float64Array.from([5, 6, 7, 8, 9, 10, 10.5, 11, 12.2, 13.2]),
  beatClass: Uint8Array.from([0, 0, 0, 0, 0, 2, 2, 2, 0, 0]),
  follows: Uint8Array.from([0, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
});

it('every kind has a name for the paper, a colour and a way to be settled', () => {
  for (const kind of FINDING_KINDS) {
    expect(kindShort(kind)).not.toBe('');
    expect(hueOf(kind)).toBeTruthy();
    expect(['one-by-one', 'by-form', 'signal']).toContain(wayToSettle(kind));
  }
});

it('values say what measures a kind', () => {
  expect(chipOf(aFinding({ beats: 8, rateBpm: 181.3 }))).toBe('VT, 8 beats, 181 bpm');
  expect(valueOf(aFinding({ kind: 'pause', durationS: 3.774, rateBpm: null }))).toBe('3.77 s');
  expect(valueOf(aFinding({ kind: 'af', durationS: 378, rateBpm: 88 }))).toBe('6 min 18 s, 88 bpm');
  expect(valueOf(aFinding({ kind: 'bradycardia', durationS: 21, rateBpm: 42 }))).toBe(
    'lowest 42 bpm, 21 s',
  );
});

describe('findingInWords', () => {
  it('says what a run follows, at which rate, and what comes after', () => {
    expect(findingInWords(aFinding({}), beats)).toBe(
      'Three ventricular beats in a row. First beat 1\u202f000 ms after a normal beat. Rate before 60 bpm. Then a normal beat after 1\u202f200 ms.',
    );
  });
  it('says only what there is at the start of a recording', () => {
    const cut = withRows({
      timeS: beats.timeS.slice(5).map((t) => t - 10),
      beatClass: beats.beatClass.slice(5),
      follows: Uint8Array.from([0, 1, 1, 1, 1]),
    });
    expect(findingInWords(aFinding({ startS: 0, endS: 1 }), cut)).toBe(
      'Three ventricular beats in a row. Then a normal beat after 1\u202f200 ms.',
    );
  });
  it('a rejected one is in no count, whatever it was', () => {
    expect(findingInWords(aFinding({ state: 'rejected', rejectedAs: 'artefact' }), beats)).toBe(
      'Rejected: artefact. It is in no count.',
    );
  });
  it('says nothing across what is not known', () => {
    const broken = withRows({ ...beats, follows: Uint8Array.from([0, 1, 1, 1, 1, 0, 1, 1, 0, 1]) });
    expect(findingInWords(aFinding({}), broken)).toBe('Three ventricular beats in a row.');
  });
  it('an aberrant one counts as supraventricular', () => {
    expect(findingInWords(aFinding({ state: 'rejected', rejectedAs: 'aberrant' }), beats)).toBe(
      'Rejected: aberrant conduction. Its beats count as supraventricular.',
    );
  });
});
