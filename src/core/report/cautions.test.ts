import { expect, test } from 'vitest';
import { english } from '../../shared/words';
import { cautions } from './cautions';
import { sampleReport } from './testing/sample-report';

const { recording } = sampleReport(1, 2);
const card = { limits: ['Paced hearts were not trained on.', 'ST is not judged.'] };

test('a pacemaker in the header is met with what the model knows of it', () => {
  const paced = { ...recording, comments: ['Digoxin', 'The rhythm is  paced.'] };
  expect(cautions(paced, card, [], true, english)).toEqual([
    "The record's header speaks of a pacemaker (“The rhythm is paced.”). Paced hearts were not trained on.",
  ]);
  expect(cautions(paced, { limits: [] }, [], true, english)[0]).toContain('Nothing is known');
  expect(
    cautions({ ...recording, comments: ['Spaced electrodes'] }, card, [], true, english),
  ).toEqual([]);
});

test('assumed gains and leads that are not drawn are said', () => {
  const [first, second] = recording.leads;
  const assumed = { ...recording, leads: [first!, { ...second!, gainAssumed: true }] };
  const said = cautions(assumed, card, ['V7', 'V8'], true, english).join(' ');
  expect(said).toContain('no gain for L2');
  expect(said).toContain('V7, V8');
});

test('without identity neither the header’s words nor names of files are repeated', () => {
  const warned = {
    ...recording,
    comments: ['Mrs Smith has a pacemaker'],
    warnings: [{ code: 'truncated', message: 'smith.dat is short.' }],
  };
  const said = cautions(warned, card, [], false, english).join(' ');
  expect(said).not.toMatch(/smith/i);
  expect(said).toContain('pacemaker');
  expect(said).toContain('1 warning.');
});
