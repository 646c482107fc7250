import { expect, it } from 'vitest';
import { ok, type ReportFigure, type ReviewEdit, type ReviewEvent } from '../../shared/domain';
import type { Standing } from '../review/standing';
import { figureHistory } from './figure-history';

const deleteBeats = (...timesS: number[]): ReviewEdit => ({
  kind: 'delete-beats',
  timesS,
  family: 'V a',
});
let sequence = 0;
const event = (
  action: ReviewEvent['action'],
  reader: string,
  edit: ReviewEdit = deleteBeats(),
): ReviewEvent =>
  ({ sequence: ++sequence, action, edit, reader, atMs: 1000 * sequence }) as ReviewEvent;

/** Ten V, less those that are deleted, and a number that no act changes. */
const figuresAt = async (standing: Standing) => {
  const gone = standing
    .beatActs()
    .flatMap(({ edit }) => (edit.kind === 'delete-beats' ? edit.timesS : []));
  const figures: ReportFigure[] = [
    { name: 'V: beats', value: String(10 - gone.length) },
    { name: 'S: beats', value: '3' },
  ];
  return ok(figures);
};

it('says which act changed which number, by whom and when, and what was taken back', async () => {
  sequence = 0;
  const events = [
    event('edit', 'Dr A', deleteBeats(1, 2)),
    event('edit', 'Dr B', {
      kind: 'decide-segments',
      segments: [1],
      decision: 'agree',
      note: '',
    } as ReviewEdit),
    event('edit', 'Dr B', deleteBeats(3)),
    event('undo', 'Dr A', deleteBeats(1, 2)),
  ];
  const history = await figureHistory(events, figuresAt, new AbortController().signal);
  expect(history).toEqual(
    ok({
      figures: [
        {
          name: 'V: beats',
          steps: [
            { sequence: 1, reader: 'Dr A', atMs: 1000, before: '10', now: '8' },
            { sequence: 3, reader: 'Dr B', atMs: 3000, before: '8', now: '7' },
            { sequence: 4, reader: 'Dr A', atMs: 4000, before: '7', now: '9' },
          ],
        },
      ],
      leftOut: 0,
    }),
  );
});

it('follows so many acts, counts the rest, and ends when it is no longer asked', async () => {
  sequence = 0;
  const events = Array.from({ length: 503 }, (_, i) => event('edit', 'Dr A', deleteBeats(i)));
  const history = await figureHistory(events, figuresAt, new AbortController().signal);
  expect(history).toMatchObject({ value: { leftOut: 3 } });
  expect(await figureHistory(events, figuresAt, AbortSignal.abort())).toMatchObject({
    error: { code: 'cancelled' },
  });
});
