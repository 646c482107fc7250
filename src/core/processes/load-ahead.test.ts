import { expect, it } from 'vitest';
import { loadsAhead } from './load-ahead';

it('loads ahead unless it is told not to', () => {
  expect(loadsAhead({})).toBe(true);
  expect(loadsAhead({ FIDUCIAL_LOAD_AHEAD: '1' })).toBe(true);
  expect(loadsAhead({ FIDUCIAL_LOAD_AHEAD: '0' })).toBe(false);
});
