import { en } from '../../shared/words/en';
import type { WordKey } from '../../shared/words';
import { say } from '.';

/** A key as the reader's keyboard has it printed, as in `Shift N` and `Mayús N`; letters and signs stay. */
export function sayKeys(shown: string): string {
  return shown
    .split(' ')
    .map((key) =>
      key in en.keyNames ? say(`keyNames.${key}` as WordKey & `keyNames.${string}`) : key,
    )
    .join(' ');
}
