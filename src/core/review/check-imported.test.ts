import { expect, it } from 'vitest';
import { ReviewEvent, type ReviewEdit } from '../../shared/domain';
import { checkImported } from './check-imported';

const into = { segments: 5, durationS: 30, beatsS: Float64Array.of(1, 2, 3) };
const segments = (...indices: number[]): ReviewEdit => ({
  kind: 'decide-segments',
  segments: indices,
  decision: 'agree',
  note: '',
});
const line = (change: Partial<ReviewEvent>): ReviewEvent => ({
  sequence: 1,
  atMs: 1_700_000_000_000,
  reader: 'A',
  action: 'edit',
  edit: segments(1),
  before: null,
  after: null,
  modelSha256: 'm',
  ...change,
});
const edit = (made: ReviewEdit): ReviewEvent => line({ edit: made });
const pause = (startS: number, endS: number): ReviewEdit => ({
  kind: 'decide-findings',
  findings: [{ id: 'pause@1', kind: 'pause', startS, endS }],
  decision: 'confirm',
  note: '',
  rejectedAs: null,
});

it.each<[string, ReviewEvent[], RegExp]>([
  [
    'a segment that there is not',
    [edit(segments(1, 1e9))],
    /events\.0\.edit\.segments: .*1000000000.*has 5/,
  ],
  ['an event after the end', [edit(pause(40, 41))], /events\.0\.edit\.findings\.0\.startS: 40 s/],
  ['an event beyond the end', [edit(pause(4, 400))], /findings\.0\.endS: 400 s/],
  [
    'an event that ends before it starts',
    [edit(pause(4, 3))],
    /findings\.0\.endS: .*before the start/,
  ],
  [
    'a beat after the end',
    [edit({ kind: 'add-beat', timeS: 31, beatClass: 'V' })],
    /edit\.timeS: 31 s is outside/,
  ],
  [
    'a beat that there is not',
    [edit({ kind: 'relabel-beats', timesS: [1, 2.5], beatClass: 'V', family: '' })],
    /edit\.timesS\.1: no beat lies at 2\.5 s/,
  ],
  ['a missing line', [line({ sequence: 2 })], /events\.0\.sequence: line 1 is numbered 2/],
  ['no time', [line({ atMs: -5 })], /events\.0\.atMs/],
  ['a name without end', [line({ reader: 'x'.repeat(201) })], /events\.0\.reader/],
  [
    'a step taken back by another',
    [line({}), line({ sequence: 2, reader: 'B', action: 'undo' })],
    /events\.1\.action: the line takes back what is not the last step of B/,
  ],
])('refuses %s, naming file and field', (_what, events, message) => {
  const checked = checkImported(events, 'r.json', into);
  expect(checked).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  expect(!checked.ok && checked.error.message).toMatch(message);
  expect(!checked.ok && checked.error.message).toMatch(/^r\.json: .*\.$/);
});

it('takes what fits, beats that the file itself adds or moves among it', () => {
  const events = (
    [
      { edit: { kind: 'add-beat', timeS: 2.5, beatClass: 'V' } },
      { edit: { kind: 'move-beat', timeS: 2.5, toTimeS: 2.7 } },
      { edit: { kind: 'reclass-beat', timeS: 2.7, beatClass: 'N' } },
      { edit: pause(4, 30.4) },
      { edit: pause(4, 30.4), action: 'undo' },
    ] as const
  ).map((one, i) => line({ ...one, sequence: i + 1 }));
  expect(checkImported(events, 'r.json', into)).toEqual({ ok: true, value: undefined });
});
