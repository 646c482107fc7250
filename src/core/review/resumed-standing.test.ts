import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ReviewEdit } from '../../shared/domain';
import { resumedStanding } from './resumed-standing';
import { createStanding, type Standing } from './standing';
import type { StandingCheckpoint } from './standing-checkpoint';

type Event = Parameters<Standing['add']>[0];
const READERS = ['a', 'b', 'c'];

const number = fc.integer({ min: 0, max: 3 });
const blind = fc.constantFrom({}, { blind: true as const });
const edit: fc.Arbitrary<ReviewEdit> = fc.oneof(
  fc
    .tuple(
      fc.uniqueArray(number, { minLength: 1 }),
      fc.constantFrom('agree' as const, 'overrule' as const, 'none' as const),
      blind,
    )
    .map(([segments, decision, said]): ReviewEdit => {
      return { kind: 'decide-segments', segments, decision, note: '', ...said };
    }),
  fc
    .tuple(
      fc.uniqueArray(number, { minLength: 1 }),
      fc.constantFrom('none' as const, 'confirm' as const, 'reject' as const),
      blind,
    )
    .map(([starts, decision, said]): ReviewEdit => {
      const findings = starts.map((startS) => {
        return { id: `pause@${startS}`, kind: 'pause' as const, startS, endS: startS + 2 };
      });
      return { kind: 'decide-findings', findings, decision, note: '', rejectedAs: null, ...said };
    }),
  number.map((timeS): ReviewEdit => ({ kind: 'reclass-beat', timeS, beatClass: 'V' })),
  number.map((atMs): ReviewEdit => {
    return { kind: 'move-fiducial', startS: atMs % 2, endS: 10, fiducial: 'tEnd', atMs };
  }),
  number.map((at): ReviewEdit => {
    const conclusion = { text: `conclusion ${at}`, basis: 'x' };
    return { kind: 'edit-report', report: { conclusion } } as never;
  }),
  fc
    .constantFrom('begin' as const, 'finish' as const, 'compare' as const)
    .map((step): ReviewEdit => ({ kind: 'second-read', step, second: 'c' })),
  fc.constant({
    kind: 'sign-report',
    signature: { version: 1, digest: 'd', figures: [] },
  } as never),
);
const wishes = fc.array(
  fc.record({
    reader: fc.constantFrom(...READERS),
    wish: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom('undo' as const, 'redo' as const) },
      { weight: 2, arbitrary: edit },
    ),
  }),
  { maxLength: 60 },
);

/** Everything that can be asked. */
const said = (standing: Standing) => ({
  sequence: standing.sequence,
  foundVersion: standing.foundVersion,
  segments: standing.segmentDecisions(),
  findings: standing.findingDecisions(),
  beats: standing.beatActs().map(({ edit: made, sequence }) => [sequence, made]),
  atTimes: [0, 1, 2, 3].map((timeS) => standing.beatEditsAt(timeS)),
  fiducials: [0, 1].map((startS) => standing.movedFiducials(startS, 10)),
  readers: standing.readers(),
  acted: READERS.map((reader) => standing.hasActed(reader)),
  reads: standing.reads.all(),
  report: standing.report(),
  signatures: standing.signatures(),
  next: [null, ...READERS].map((by) => [standing.next('undo', by), standing.next('redo', by)]),
  actsBy: [0, 10].map((after) => standing.actsBy(after)),
});

it('goes on from a checkpoint as from the whole trail, whatever was done before and after it', () => {
  fc.assert(
    fc.property(wishes, fc.nat(60), fc.integer({ min: 0, max: 3 }), (list, cut, mostUndone) => {
      const whole = createStanding();
      const events: Event[] = [];
      let resumed: Standing | null = null;
      const again = (): Standing => {
        const standing = createStanding();
        for (const event of events) standing.add(event);
        return standing;
      };
      for (const [at, { reader, wish }] of list.entries()) {
        if (at === cut) {
          const kept = JSON.parse(
            JSON.stringify(whole.checkpoint(mostUndone)),
          ) as StandingCheckpoint;
          resumed = resumedStanding(kept, again);
        }
        const wished = typeof wish === 'string' ? whole.next(wish, reader) : wish;
        if (!wished) continue;
        const action = typeof wish === 'string' ? wish : ('edit' as const);
        const sequence = events.length + 1;
        const event: Event = { sequence, action, edit: wished, reader, atMs: at };
        // As in the trail, some lines are stored before they are folded.
        if (at % 2 === 0) events.push(event);
        whole.add(event);
        resumed?.add(event);
        if (at % 2 === 1) events.push(event);
        if (!resumed) continue;
        // What can be said without the trail before, then all.
        expect(resumed.segmentDecisions()).toEqual(whole.segmentDecisions());
        expect(resumed.findingDecisions()).toEqual(whole.findingDecisions());
        expect(resumed.report()).toEqual(whole.report());
      }
      if (resumed) expect(said(resumed)).toEqual(said(whole));
    }),
    { numRuns: 500 },
  );
});

it('holds as much as there is to decide on, not as much as was done', () => {
  const standing = createStanding();
  for (let i = 0; i < 20_000; i++) {
    const decided: ReviewEdit = {
      kind: 'decide-segments',
      segments: [i % 50],
      decision: 'agree',
      note: '',
    };
    standing.add({ sequence: i + 1, action: 'edit', edit: decided, reader: 'a', atMs: i });
  }
  expect(standing.checkpoint().acts.length).toBeLessThanOrEqual(250);
});
