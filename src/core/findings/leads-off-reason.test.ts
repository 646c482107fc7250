import { expect, it } from 'vitest';
import { reasonInWords } from '../../shared/domain/reason-words';
import type { Segment } from '../../shared/domain';
import { wordsIn } from '../../shared/words';
import { saidLeadsOff } from './leads-off-reason';

const segment = (reason: string | null, verdict: Segment['verdict'] = 'Abnormal'): Segment => ({
  ...{ index: 0, startS: 35, endS: 45, probability: 0.51, reason, verdict, refer: true },
});
const off = [
  { startS: 0, endS: 2 },
  { startS: 40, endS: 70 },
];

it('says of a segment without a heartbeat that all leads are off in it, and leaves its verdict', () => {
  const [said] = saidLeadsOff([segment('no heartbeat for 5.5 s')], off);
  expect(said).toEqual(segment('all leads off for 5 s, no heartbeat for 5.5 s'));
  expect(reasonInWords(said!.reason!, wordsIn('es'))).toBe(
    'todas las derivaciones sueltas durante 5 s, sin latido durante 5,5 s',
  );
});

it.each([
  ['no heartbeat for 5.5 s', [{ startS: 43, endS: 70 }]],
  ['no heartbeat for 5.5 s', []],
  ['ventricular beat', off],
  ['flat', off],
  [null, off],
])('leaves others as they are: %s', (reason, where) => {
  expect(saidLeadsOff([segment(reason)], where)).toEqual([segment(reason)]);
});
