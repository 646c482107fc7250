import type { Format } from '../format';
import { looksLikeEdf } from './header';
import { openEdf } from './open-edf';

export const edfFormat: Format = {
  id: 'edf',
  title: 'European Data Format (EDF, EDF+, BDF)',
  extensions: ['edf', 'bdf', 'rec'],
  recognises: ({ bytes }) => looksLikeEdf(bytes),
  open: openEdf,
};
