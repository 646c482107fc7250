import { expect, it } from 'vitest';
import { BEAT_CLASSES } from '../../shared/domain';
import { aamiClass } from './aami-classes';

it('maps annotation symbols to AAMI classes', () => {
  const classes = (symbols: string) => [...symbols].map((s) => BEAT_CLASSES[aamiClass(s) ?? 9]);
  expect(classes('NLRBejn.')).toEqual(Array(8).fill('N'));
  expect(classes('AaJS')).toEqual(['S', 'S', 'S', 'S']);
  expect(classes('VEr')).toEqual(['V', 'V', 'V']);
  expect(classes('F/fQ?')).toEqual(['F', 'Q', 'Q', 'Q', 'Q']);
  expect(classes('!+~"|x[]')).toEqual(Array(8).fill(undefined));
});
