import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReviewEdit, ReviewEvent } from '../../shared/domain';
import { createStanding, type Standing } from './standing';

type Event = Pick<ReviewEvent, 'sequence' | 'action' | 'edit' | 'reader' | 'atMs'>;

const decide = (segment: number, decision: 'agree' | 'overrule' | 'none'): ReviewEdit => ({
  kind: 'decide-segments',
  segments: [segment],
  decision,
  note: '',
});
const find = (start: number, decision: 'none' | 'confirm' | 'reject' | 'unsure'): ReviewEdit => ({
  kind: 'decide-findings',
  findings: [{ id: `pause@${start}`, kind: 'pause', startS: start, endS: start + 2 }],
  decision,
  note: '',
  rejectedAs: null,
});
const reclass = (timeS: number): ReviewEdit => ({ kind: 'reclass-beat', timeS, beatClass: 'V' });

/** What a standing says, for comparison. */
const said = (standing: Standing) => ({
  segments: standing.segmentDecisions(),
  findings: [...standing.findingDecisions()].sort((a, b) => a.startS - b.startS),
  beats: standing.beatActs().map(({ edit, sequence }) => [sequence, edit]),
  undo: ['a', 'b'].map((reader) => standing.next('undo', reader)),
  redo: ['a', 'b'].map((reader) => standing.next('redo', reader)),
});

/** Events as a trail writes them: an undo names the edit that it takes back. */
function trailOf(
  wishes: readonly { reader: string; wish: ReviewEdit | 'undo' | 'redo' }[],
): Event[] {
  const standing = createStanding();
  const events: Event[] = [];
  for (const { reader, wish } of wishes) {
    const edit = typeof wish === 'string' ? standing.next(wish, reader) : wish;
    if (!edit) continue;
    const action = typeof wish === 'string' ? wish : ('edit' as const);
    const at = events.length;
    const event: Event = { sequence: at + 1, action, edit, reader, atMs: at };
    standing.add(event);
    events.push(event);
  }
  return events;
}

/** The edits in force, by the rules alone: everybody has a stack of their own. */
function inForce(events: readonly Event[], reader: string | null): Event[] {
  const stacks = new Map<string, { done: Event[]; undone: Event[] }>();
  for (const event of events) {
    const stack = stacks.get(event.reader) ?? { done: [], undone: [] };
    stacks.set(event.reader, stack);
    if (event.action === 'edit') {
      stack.done.push(event);
      stack.undone = [];
    } else if (event.action === 'undo') stack.undone.push(stack.done.pop()!);
    else stack.done.push(stack.undone.pop()!);
  }
  return [...stacks]
    .filter(([name]) => reader === null || name === reader)
    .flatMap(([, { done }]) => done)
    .sort((a, b) => a.sequence - b.sequence);
}

const wishes = fc.array(
  fc.record({
    reader: fc.constantFrom('a', 'b'),
    wish: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom('undo' as const, 'redo' as const) },
      fc
        .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom('agree', 'overrule', 'none'))
        .map(([segment, decision]) => decide(segment, decision as 'agree')),
      fc
        .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom('none', 'confirm', 'reject'))
        .map(([start, decision]) => find(start, decision as 'reject')),
      fc.integer({ min: 0, max: 3 }).map(reclass),
    ),
  }),
  { maxLength: 40 },
);

describe('what stands of a trail', () => {
  it('is what the edits in force say, the last first, of all and of each reader', () => {
    fc.assert(
      fc.property(wishes, (list) => {
        const events = trailOf(list);
        for (const reader of [null, 'a', 'b']) {
          const standing = createStanding(reader);
          for (const event of events) standing.add(event);
          const last = new Map<string, Event>();
          for (const event of inForce(events, reader)) {
            const { edit } = event;
            if (edit.kind === 'decide-segments') last.set(`s${edit.segments[0]}`, event);
            if (edit.kind === 'decide-findings') last.set(edit.findings[0]!.id, event);
          }
          const stands = [...last.values()].filter(
            ({ edit }) => 'decision' in edit && edit.decision !== 'none',
          );
          const now = said(standing);
          expect(now.segments.length + now.findings.length).toBe(stands.length);
          for (const { segment, decision, atMs } of now.segments) {
            const event = last.get(`s${segment}`)!;
            expect([decision, atMs]).toEqual([
              (event.edit as { decision: string }).decision,
              event.atMs,
            ]);
          }
          for (const { id, sequence } of now.findings) {
            expect(sequence).toBe(last.get(id)!.sequence);
          }
          const beats = inForce(events, reader).filter(({ edit }) => edit.kind === 'reclass-beat');
          expect(now.beats).toEqual(beats.map(({ sequence, edit }) => [sequence, edit]));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('leaves the edits of others where they are when a reader undoes', () => {
    const standing = createStanding();
    const events = trailOf([
      { reader: 'a', wish: decide(0, 'agree') },
      { reader: 'b', wish: decide(1, 'overrule') },
      { reader: 'a', wish: 'undo' },
      { reader: 'a', wish: 'undo' },
    ]);
    expect(events).toHaveLength(3);
    for (const event of events) standing.add(event);
    expect(standing.segmentDecisions()).toMatchObject([{ segment: 1, reader: 'b' }]);
    expect(standing.next('undo', 'a')).toBeNull();
    expect(standing.readers()).toEqual(['b']);
  });

  it('says when what is found has changed, and only then', () => {
    const standing = createStanding();
    let sequence = 0;
    const changes = (action: Event['action'], edit: ReviewEdit): boolean => {
      const before = standing.foundVersion;
      standing.add({ sequence: ++sequence, action, edit, reader: 'a', atMs: 0 });
      return standing.foundVersion !== before;
    };
    expect(changes('edit', decide(0, 'agree'))).toBe(false);
    expect(changes('edit', find(1, 'confirm'))).toBe(false);
    expect(changes('edit', find(1, 'reject'))).toBe(true);
    expect(changes('edit', find(1, 'confirm'))).toBe(true);
    expect(changes('undo', find(1, 'confirm'))).toBe(true);
    expect(changes('undo', find(1, 'reject'))).toBe(true);
    expect(changes('edit', reclass(1))).toBe(true);
    expect(changes('edit', find(2, 'unsure'))).toBe(false);
  });

  it('reads trails in which a reader undid what another had made', () => {
    const standing = createStanding();
    const edit = decide(0, 'agree');
    standing.add({ sequence: 1, action: 'edit', edit, reader: 'a', atMs: 0 });
    standing.add({ sequence: 2, action: 'undo', edit, reader: 'b', atMs: 1 });
    expect(standing.segmentDecisions()).toEqual([]);
  });
});

describe('what was measured by hand', () => {
  const caliper = (id: string, endS: number | null): ReviewEdit => ({
    kind: 'set-caliper',
    id,
    mark:
      endS === null
        ? null
        : {
            id,
            kind: 'QT',
            startS: 1,
            endS,
            lead: 1,
            startMv: 0,
            endMv: 0.1,
            rrMs: 800,
          },
  });
  const move = (startS: number, atMs: number | null): ReviewEdit => ({
    kind: 'move-fiducial',
    startS,
    endS: startS + 10,
    fiducial: 'tEnd',
    atMs,
  });
  const standingOf = (
    wishes: readonly (ReviewEdit | 'undo' | 'redo')[],
    reader: string | null = null,
  ): Standing => {
    const standing = createStanding(reader);
    trailOf(wishes.map((wish) => ({ reader: 'a', wish }))).forEach((event) => standing.add(event));
    return standing;
  };

  it('keeps the last of each mark, in the order in which they were first set', () => {
    const standing = standingOf([caliper('x', 1.4), caliper('y', 2), caliper('x', 1.5)]);
    expect(standing.calipers().map(({ id, endS }) => [id, endS])).toEqual([
      ['x', 1.5],
      ['y', 2],
    ]);
    expect(standingOf([caliper('x', 1.4), caliper('x', null)]).calipers()).toEqual([]);
    expect(standingOf([caliper('x', 1.4), caliper('x', null), 'undo']).calipers()).toHaveLength(1);
  });

  it('keeps the last place of a mark of the averaged beat, by its stretch', () => {
    const standing = standingOf([move(0, 380), move(0, 400), move(60, 300)]);
    expect(standing.movedFiducials(0, 10).map(({ atMs }) => atMs)).toEqual([400]);
    expect(standing.movedFiducials(60, 70).map(({ atMs }) => atMs)).toEqual([300]);
    expect(standing.movedFiducials(5, 15)).toEqual([]);
    expect(standingOf([move(0, 380), move(0, 400), 'undo']).movedFiducials(0, 10)[0]!.atMs).toBe(
      380,
    );
    expect(standingOf([move(0, 380)], 'b').movedFiducials(0, 10)).toEqual([]);
  });

  it('changes nothing of what is found, and is no edit of beats', () => {
    const standing = standingOf([caliper('x', 1.4), move(0, 380), 'undo', 'redo']);
    expect(standing.foundVersion).toBe(0);
    expect(standing.beatActs()).toEqual([]);
  });
});

it('keeps what was said blind, whatever is decided since, until it is taken back', () => {
  const standing = createStanding();
  const events = trailOf([
    { reader: 'a', wish: { ...find(1, 'reject'), blind: true } as ReviewEdit },
    { reader: 'a', wish: { ...decide(4, 'agree'), blind: true } as ReviewEdit },
    { reader: 'b', wish: find(1, 'confirm') },
    { reader: 'b', wish: decide(4, 'overrule') },
  ]);
  for (const event of events) standing.add(event);
  expect(standing.findingDecision('pause@1')).toMatchObject({
    state: 'confirmed',
    blind: { agrees: false, reader: 'a' },
  });
  expect(standing.segmentDecision(4)).toMatchObject({
    decision: 'overrule',
    blind: { agrees: true, reader: 'a' },
  });
  for (const sequence of [5, 6]) {
    const edit = standing.next('undo', 'a')!;
    standing.add({ sequence, action: 'undo', edit, reader: 'a', atMs: 0 });
  }
  expect(standing.findingDecision('pause@1')).not.toHaveProperty('blind');
  expect(standing.segmentDecision(4)).not.toHaveProperty('blind');
});
