import { expect, it } from 'vitest';
import { mendChains } from './chains';
import { CHAIN_START, chainHash, type ChainedEvent } from './event-rows';

function trail(analysisId: string, steps: number, position = 0): ChainedEvent[] {
  const events: ChainedEvent[] = [];
  for (let sequence = 1; sequence <= steps; sequence++) {
    const row = {
      ...{ analysisId, sequence, atMs: 1000 + position + sequence, reader: 'A' },
      ...{ action: 'edit' as const, edit: '{}', before: 'null', after: 'null' },
      ...{ modelSha256: 'm', imported: null },
    };
    const hash = chainHash(events.at(-1)?.hash ?? CHAIN_START, row);
    events.push({ ...row, position: position + sequence, hash });
  }
  return events;
}

const [whole, other] = [trail('a', 8), trail('b', 3, 8)];
const last = whole.at(-1)!;

it.each([
  ['a number that is far on', { sequence: 136 }],
  ['the next number', { sequence: 9 }],
  ['another recording', { analysisId: 'c' }],
  ['another hash as well', { sequence: 136, hash: 'x' }],
])('a damaged copy of a step with %s is none, and nothing is lost for it', (_, damage) => {
  const mended = mendChains([...whole, ...other, { ...last, ...damage }]);
  expect(mended.events).toEqual([...whole, ...other]);
  expect(mended.lost.size).toBe(0);
});

it('what is nowhere any more is lost, and what comes after goes on', () => {
  const { events, lost } = mendChains([
    ...whole.filter(({ sequence }) => sequence !== 4),
    ...other,
  ]);
  expect(events).toHaveLength(10);
  expect(lost).toEqual(new Map([['a', 1]]));
});
