import type { Format } from '../format';
import { layoutOf } from './layouts';
import { openText } from './open-text';

/** CSV and other text: one row a sample. */
export const textFormat: Format = {
  id: 'text',
  title: 'Text (CSV, TSV; Apple Health, Polar, OpenBCI, OpenSignals)',
  extensions: ['csv', 'tsv', 'txt'],
  recognises: (head) => layoutOf(head) !== null,
  open: openText,
};
