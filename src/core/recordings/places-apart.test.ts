import { expect, it } from 'vitest';
import { placesApart } from './places-apart';

it('puts recordings of one name into folders like their own, and the others side by side', () => {
  const paths = ['/db/Person_01/rec_1.hea', '/db/Person_02/rec_1.hea', '/db/Person_02/rec_2.hea'];
  const placeOf = placesApart(paths);
  expect(paths.map(placeOf)).toEqual(['Person_01', 'Person_02', '']);
});

it('keeps one of two apart that lies above the other', () => {
  const placeOf = placesApart(['/db/r.edf', '/db/a/r.edf']);
  expect([placeOf('/db/r.edf'), placeOf('/db/a/r.edf')]).toEqual(['', 'a']);
});
