import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BEAT_CLASSES,
  DEFAULT_FINDING_THRESHOLDS,
  type ClockHours,
  type Finding,
  type RecordingInfo,
  type ReviewEdit,
  type RhythmEpisode,
  type Segment,
} from '../../shared/domain';
import type { AnalysedSignal } from '../findings/analysed-signal';
import { findingsOf } from '../findings/findings';
import { createStanding, type Standing } from '../review/standing';
import { english, wordsIn, type Words } from '../../shared/words';
import { reportContent, type ReportContent } from './content';
import { sampleReport } from './testing/sample-report';

const DURATION_S = 90;
/** A beat each half second, by their letters; a space leaves one out. */
function signalOf(letters: string, episodes: RhythmEpisode[] = []): AnalysedSignal {
  const beats = [...letters].flatMap((letter, i) =>
    letter === ' ' ? [] : [{ letter, at: 0.5 + i / 2 }],
  );
  return {
    durationS: DURATION_S,
    startClock: null,
    findsBeats: true,
    leads: [{ index: 0, name: 'II', isEcg: true }],
    beats: {
      timeS: Float64Array.from(beats, ({ at }) => at),
      beatClass: Uint8Array.from(beats, ({ letter }) => BEAT_CLASSES.indexOf(letter as 'N')),
    },
    episodes,
    segments: Array.from({ length: 17 }, (_, index): Segment => ({
      index,
      startS: index * 5,
      endS: index * 5 + 10,
      verdict: index % 5 === 4 ? 'Abnormal' : 'Normal',
      probability: 0.5,
      reason: null,
      refer: index % 7 === 3,
    })),
    quality: null,
  };
}
const info: RecordingInfo = { ...sampleReport(1, 1).recording, durationS: DURATION_S };

/** A recording under review: what its report says after each act. */
function review(signal: AnalysedSignal) {
  const standing: Standing = createStanding();
  const add = (edit: ReviewEdit, reader = 'Dr A', action: 'edit' | 'undo' = 'edit'): void =>
    standing.add({
      sequence: standing.sequence + 1,
      action,
      edit,
      reader,
      atMs: 1000 * standing.sequence,
    });
  const found = () =>
    findingsOf(signal, DEFAULT_FINDING_THRESHOLDS, {
      beats: signal.beats,
      decisions: standing.findingDecisions(),
    });
  const content = (
    hours: ClockHours = 24,
    startClock: string | null = null,
    words: Words = english,
  ): ReportContent => {
    const findings = found();
    return reportContent(
      {
        info: { ...info, startClock },
        reading: { findings, beats: signal.beats, segments: findings.segments, calipers: [] },
        program: findingsOf(signal, DEFAULT_FINDING_THRESHOLDS),
        standing,
        namesBeats: true,
        isKept: () => true,
        reads: null,
      },
      words,
      hours,
    );
  };
  const decide = (
    which: readonly Finding[],
    decision: 'confirm' | 'reject' | 'unsure',
  ): ReviewEdit => {
    const edit: ReviewEdit = {
      kind: 'decide-findings',
      findings: which.map(({ id, kind, startS, endS }) => ({ id, kind, startS, endS })),
      decision,
      note: '',
      rejectedAs: null,
    };
    add(edit);
    return edit;
  };
  const sign = (): void => {
    const { digest, figures } = content();
    const version = standing.signatures().length + 1;
    add({ kind: 'sign-report', signature: { version, digest, figures: [...figures] } });
  };
  return { found, content, decide, add, sign };
}

/** What was kept of a signature before figures held what is open, of the record that is signed with it below. */
const SIGNED_BEFORE = {
  version: 1,
  digest: '786d99b201921aba1f26cf65302b7b2702a7434f3dea12bf7787a9bb3618e2a7',
  figures: [
    ['Rate, bpm; extremes over 8 beats: mean', '94'],
    ['Rate, bpm; extremes over 8 beats: lowest', '60'],
    ['Rate, bpm; extremes over 8 beats: highest, normal beats', '120'],
    ['Rate, bpm; extremes over 8 beats: highest, all beats', '120'],
    ['Pauses, over 2 s: number', '3'],
    ['Pauses, over 2 s: longest', '59.50 s'],
    ['Ventricular: beats', '4'],
    ['Ventricular: single', '–'],
    ['Ventricular: couplets', '–'],
    ['Ventricular: tachycardia', '1'],
    ['Ventricular: runs, 100 or slower', '–'],
    ['Ventricular: bigeminy, trigeminy', '–, –'],
    ['Atrial fibrillation or flutter: burden', '44.4 %'],
    ['Atrial fibrillation or flutter: episodes', '1'],
    ['Supraventricular: beats', '–'],
    ['Supraventricular: couplets', '–'],
    ['Supraventricular: runs', '–'],
    ['Rate variability, N to N: SDNN', '0 ms'],
    ['Rate variability, N to N: RMSSD', '0 ms'],
    ['Rate variability, N to N: pNN50', '0.0 %'],
  ].map(([name, value]) => ({ name: name!, value: value! })),
};

const textOf = ({ sentences }: ReportContent): string =>
  sentences.map(({ parts }) => parts.map(({ text }) => text).join('')).join(' ');
const ARRHYTHMIA =
  /ventricular|fibrillation|flutter|tachycardia|bradycardia|pause|asystole|irregular|fusion|borderline|flagged, cause/i;

describe('rejected findings', () => {
  it('are in no sentence, number or strip, and are counted once, whatever was found', () => {
    const letters = fc
      .array(fc.constantFrom('N', 'N', 'N', 'V', 'V', 'S', 'F', ' '), {
        minLength: 40,
        maxLength: 178,
      })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(letters, fc.boolean(), (beats, af) => {
        const episodes = af ? [{ startS: 10, endS: 60, rhythm: '(AFIB', probability: 0.9 }] : [];
        const { found, content, decide } = review(signalOf(beats, episodes));
        // Beats that are taken out may leave others of which something is found.
        for (let round = 0; round < 20; round++) {
          const open = found().findings.filter(({ state }) => state === 'open');
          if (open.length === 0) break;
          decide(open, 'reject');
        }
        const { findings } = found();
        expect(findings.filter(({ state }) => state !== 'rejected')).toEqual([]);
        const said = content();
        expect(textOf(said)).not.toMatch(ARRHYTHMIA);
        if (findings.length > 0) expect(textOf(said)).toContain(`${findings.length} finding`);
        for (const { name, value } of said.figures) {
          if (!/^(Rate|Beats)/.test(name)) expect(`${name} ${value}`).toMatch(/–$/);
        }
        const ids = new Set(findings.map(({ id }) => id));
        expect(said.strips.filter(({ findingId }) => findingId && ids.has(findingId))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a report', () => {
  const RUN = 'NNNNNNNNNNVVVVNNNNNNNNNNVVVNNNNNNNNNN     NNNNNNNNNNNNN';

  it('is preliminary while an event is open, and says how many', () => {
    const { found, content, decide } = review(signalOf(RUN));
    const events = found().findings.filter(({ kind }) => kind === 'ventricular-tachycardia');
    expect(events).toHaveLength(2);
    decide([events[0]!], 'confirm');
    const { state } = content();
    expect(state).toMatchObject({ kind: 'preliminary', signed: false });
    expect(state.open).toBeGreaterThan(0);
    expect(textOf(content())).toMatch(/1 ventricular tachycardia confirmed, 1 not yet decided/);
  });

  it('says in its conclusion what may be ventricular fibrillation, before what is merely likelier', () => {
    const signal = signalOf('N'.repeat(170));
    const reasoned = signal.segments.map((one) =>
      one.startS === 45 ? { ...one, reason: 'may be ventricular fibrillation' } : one,
    );
    const segments = reasoned.map((one) =>
      one.startS === 20 ? { ...one, probability: 0.9 } : one,
    );
    expect(textOf(review({ ...signal, segments }).content())).toMatch(
      /3 stretches flagged without a clear cause not yet decided; may be ventricular fibrillation at [\d:]*0?0:45/,
    );
    const first = review({ ...signal, segments }).content().sentences[1];
    expect(first?.key, 'after the rate').toBe('flagged-unclear');
    expect(textOf(review(signal).content())).toMatch(/not yet decided, the likeliest at/);
  });

  it('is final once signed, amended by a later change, and final again when that is taken back', () => {
    const { found, content, decide, add, sign } = review(signalOf(RUN));
    decide(found().findings, 'confirm');
    expect(content().state).toMatchObject({ kind: 'preliminary', open: 0 });
    sign();
    expect(content().state).toMatchObject({ kind: 'final', signed: true, amendment: 0 });

    const worst = found().findings.find(({ kind }) => kind === 'ventricular-tachycardia')!;
    const edit = decide([worst], 'reject');
    const amended = content();
    expect(amended.state).toMatchObject({ kind: 'amended', signed: false, amendment: 1 });
    expect(amended.amended!.figures).toContainEqual({
      name: 'Ventricular: tachycardia',
      before: '2',
      now: '1',
    });
    expect(amended.amended!.readers).toEqual([
      expect.objectContaining({ reader: 'Dr A', acts: 1 }),
    ]);
    sign();
    expect(content().state).toMatchObject({ kind: 'amended', signed: true, amendment: 1 });
    expect(content().state.signatures).toHaveLength(2);

    add(edit, 'Dr A', 'undo');
    expect(content().state).toMatchObject({ kind: 'amended', signed: false, amendment: 2 });
  });

  it('has no number that confirming or doubting changes, whatever was found', () => {
    const letters = fc
      .array(fc.constantFrom('N', 'N', 'N', 'V', 'V', 'S', 'F', ' ', '     '), {
        minLength: 20,
        maxLength: 40,
      })
      .map((list) => list.join('').slice(0, 178));
    const decision = fc.constantFrom<'confirm' | 'unsure'>('confirm', 'unsure');
    fc.assert(
      fc.property(letters, fc.boolean(), decision, (beats, af, said) => {
        const episodes = af ? [{ startS: 10, endS: 60, rhythm: '(AFIB', probability: 0.9 }] : [];
        const { found, content, decide } = review(signalOf(beats, episodes));
        for (const finding of found().findings) {
          decide([finding], said);
          expect(content().audit.figures).toEqual([]);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('that was signed before figures held what was open is final still, and changed by what changes it alone', () => {
    const { found, content, decide, add } = review(
      signalOf('NNNNNNNNNNVVVVNNNNNNNNNN     NNNNNNNN        NNNNNNNNNNNNNNNN', [
        { startS: 40, endS: 80, rhythm: '(AFIB', probability: 0.9 },
      ]),
    );
    const edit = decide(found().findings, 'confirm');
    add({ kind: 'sign-report', signature: SIGNED_BEFORE });
    expect(content()).toMatchObject({
      state: { kind: 'final', signed: true, amendment: 0 },
      amended: { figures: [] },
    });
    // Open again, nothing is another length than it was signed with.
    add(edit, 'Dr A', 'undo');
    expect(content()).toMatchObject({ state: { signed: false }, amended: { figures: [] } });
    const asystole = found().findings.filter(({ kind }) => kind === 'asystole');
    decide(asystole, 'reject');
    expect(content().amended!.figures.map(({ name }) => name)).toContain(
      'Pauses, over 2 s: longest',
    );
  });

  it('takes no undo for its signature', () => {
    const standing = createStanding();
    const signature = { version: 1, digest: 'a', figures: [] };
    standing.add({
      sequence: 1,
      action: 'edit',
      edit: { kind: 'sign-report', signature },
      reader: 'Dr A',
      atMs: 0,
    });
    expect(standing.next('undo', 'Dr A')).toBeNull();
    expect(standing.signatures()).toHaveLength(1);
  });
});

describe('the conclusion', () => {
  it('keeps a reader’s sentence as long as it says what it replaced, and owns up when it no longer does', () => {
    const { found, content, decide, add } = review(
      signalOf('NNNNNNNNNNVVVVNNNNNNNNNNVVVNNNNNNNNNN'),
    );
    const tachycardias = found().findings.filter(({ kind }) => kind === 'ventricular-tachycardia');
    decide(tachycardias, 'confirm');
    const { key, parts } = content().sentences.find(
      (one) => one.key === 'ventricular-tachycardia',
    )!;
    const of = parts.map(({ text }) => text).join('');
    const sentences = [{ key, of, text: 'Two short runs.' }];
    add({ kind: 'edit-report', report: { conclusion: { sentences, words: 'See cardiology.' } } });
    const written = () => content().sentences.find((one) => one.key === key);
    expect(written()).toMatchObject({ written: 'Two short runs.', outdated: null });
    expect(content().words).toBe('See cardiology.');
    decide([tachycardias[0]!], 'reject');
    expect(written()).toMatchObject({ written: null, outdated: 'Two short runs.' });
  });

  it('leads from each number to what it is about', () => {
    const { found, content } = review(signalOf('NNNNNNNNNNVVVVNNNNNNNNNNVVVNNNNNNNNNN'));
    const worst = found().findings.find(
      ({ kind, beats }) => kind === 'ventricular-tachycardia' && beats === 4,
    )!;
    const { parts } = content().sentences.find((one) => one.key === 'ventricular-tachycardia')!;
    expect(parts.find(({ findingId }) => findingId === worst.id)?.text).toContain('4 beats at');
  });
});

describe('strips', () => {
  it('are the worst of each kind unless a reader chose others, in their order and with their words', () => {
    const { found, content, add } = review(signalOf('NNNNNNNNNNVVVVNNNNNNNNNNVVVNNNNNNNNNN'));
    expect(content().ownStrips).toBe(true);
    expect(content().strips.map(({ ownTitle }) => ownTitle)).toContain(
      'Ventricular tachycardia, the longest',
    );
    const [first, second] = found().findings.filter(
      ({ kind }) => kind === 'ventricular-tachycardia',
    );
    const strip = (one: Finding, title: string) => ({
      id: one.id,
      findingId: one.id,
      startS: one.startS,
      endS: one.endS,
      title,
      comment: '',
    });
    const strips = [strip(second!, 'Shown to the family'), strip(first!, '')];
    add({ kind: 'edit-report', report: { strips } });
    const { strips: now, ownStrips } = content();
    expect(ownStrips).toBe(false);
    expect(now.map(({ id, title }) => [id, title])).toEqual([
      [second!.id, 'Shown to the family'],
      [first!.id, ''],
    ]);
    expect(now[0]!.value).toContain('3 beats');
    add({ kind: 'edit-report', report: { strips: null } });
    expect(content().ownStrips).toBe(true);
  });
});

it('a clock of twelve hours is read in the words, and is not another report', () => {
  const { content, add } = review(signalOf('NNNNVVVVVNNNNNNNN'));
  const at = '2026-11-27T14:05:00';
  const night = content(24, at);
  const rate = night.sentences.find(({ key }) => key === 'rate')!;
  const said = rate.parts.map(({ text }) => text).join('');
  expect(said).toMatch(/ 14:05/);
  expect(textOf(content(12, at))).toMatch(/ 2:05 PM/);
  expect(content(12, at).digest).toBe(night.digest);
  const sentences = [{ key: 'rate', of: said, text: 'Slow.' }];
  add({ kind: 'edit-report', report: { conclusion: { sentences, words: '' } } });
  const written = content(12, at).sentences.find(({ key }) => key === 'rate')!;
  expect(written).toMatchObject({ written: 'Slow.', outdated: null });
});

it('a sentence in Spanish ends in one point, and one written when halves of the day were English still stands', () => {
  const { content, add } = review(signalOf('NNNNVVVVVNNNNNNNN'));
  const at = '2026-11-27T14:05:00';
  const spoken = () => content(12, at, wordsIn('es')).sentences.find(({ key }) => key === 'rate')!;
  const now = spoken()
    .parts.map(({ text }) => text)
    .join('');
  expect(now).toMatch(/ p\.\u202fm\.$/);
  const of = `${now.replaceAll('p.\u202fm.', 'PM')}.`;
  const sentences = [{ key: 'rate', of, text: 'Lento.' }];
  add({ kind: 'edit-report', report: { conclusion: { sentences, words: '' } } });
  expect(spoken()).toMatchObject({ written: 'Lento.', outdated: null });
});
