import { describe, expect, it } from 'vitest';
import { FINDING_KINDS } from '../../shared/domain/finding-kinds';
import type { BeatColumns, Finding } from '../../shared/domain';
import { findingInWords, rrRange } from './description';
import { hueOf, kindShort, wayToSettle } from './kinds';
import { worstFirst } from './severity';
import { chipOf, valueOf } from './value';

const finding = (over: Partial<Finding>): Finding => ({
  id: 'x',
  kind: 'ventricular-tachycardia',
  startS: 10,
  endS: 11,
  durationS: 1,
  beats: 3,
  rateBpm: 120,
  urgent: false,
  state: 'open',
  note: '',
  reader: null,
  decidedAtMs: null,
  ...over,
});

/** Beats a second apart, three of class V half a second apart from 10 s on. */
const beats: BeatColumns = {
  timeS: Float64Array.from([5, 6, 7, 8, 9, 10, 10.5, 11, 12.2, 13.2]),
  beatClass: Uint8Array.from([0, 0, 0, 0, 0, 2, 2, 2, 0, 0]),
  confidence: new Float32Array(10),
  attention: new Float32Array(10),
};

it('every kind has a name for the paper, a colour and a way to be settled', () => {
  for (const kind of FINDING_KINDS) {
    expect(kindShort(kind)).not.toBe('');
    expect(hueOf(kind)).toBeTruthy();
    expect(['one-by-one', 'by-form', 'signal']).toContain(wayToSettle(kind));
  }
});

it('values say what measures a kind', () => {
  expect(chipOf(finding({ beats: 8, rateBpm: 181.3 }))).toBe('VT, 8 beats, 181 bpm');
  expect(valueOf(finding({ kind: 'pause', durationS: 3.774, rateBpm: null }))).toBe('3.77 s');
  expect(valueOf(finding({ kind: 'af', durationS: 378, rateBpm: 88 }))).toBe('6 min 18 s, 88 bpm');
  expect(valueOf(finding({ kind: 'bradycardia', durationS: 21, rateBpm: 42 }))).toBe(
    '42 bpm, 21 s',
  );
});

it('worst first: the longest run, then the fastest; the slowest bradycardia; equal ones in time', () => {
  const runs = [
    finding({ id: 'a', beats: 3, rateBpm: 200 }),
    finding({ id: 'b', beats: 8, rateBpm: 110 }),
    finding({ id: 'c', beats: 8, rateBpm: 181 }),
    finding({ id: 'd', beats: 3, rateBpm: 200, startS: 2 }),
  ];
  expect(worstFirst(runs).map(({ id }) => id)).toEqual(['c', 'b', 'd', 'a']);
  const slow = [
    finding({ id: 'a', kind: 'bradycardia', rateBpm: 45 }),
    finding({ id: 'b', kind: 'bradycardia', rateBpm: 38 }),
  ];
  expect(worstFirst(slow).map(({ id }) => id)).toEqual(['b', 'a']);
});

describe('findingInWords', () => {
  it('says what a run follows, at which rate, and what comes after', () => {
    expect(findingInWords(finding({}), beats)).toBe(
      'Three ventricular beats in a row. First beat 1\u202f000 ms after a normal beat. Rate before 60 bpm. Then a normal beat after 1\u202f200 ms.',
    );
  });
  it('says only what there is at the start of a recording', () => {
    const first = { ...beats, timeS: beats.timeS.map((t) => t - 10), beatClass: beats.beatClass };
    const cut = {
      ...first,
      timeS: first.timeS.slice(5),
      beatClass: first.beatClass.slice(5),
    };
    expect(findingInWords(finding({ startS: 0, endS: 1 }), cut)).toBe(
      'Three ventricular beats in a row. Then a normal beat after 1\u202f200 ms.',
    );
  });
  it('a rejected one is in no count, whatever it was', () => {
    expect(findingInWords(finding({ state: 'rejected', rejectedAs: 'artefact' }), beats)).toBe(
      'Rejected: artefact. It is in no count.',
    );
  });
  it('intervals are those between beats of the event', () => {
    expect(rrRange(beats, finding({}))).toEqual({ lowMs: 500, highMs: 500 });
    expect(rrRange(beats, finding({ startS: 10, endS: 10 }))).toBeNull();
  });
});
