import type { Patient } from '../../../shared/domain';

/** What a device's word for somebody's sex says: `FEMALE`, `Male`, `F`; null for any other. */
export function sexOf(text: string): Patient['sex'] {
  const word = text.trim().toLowerCase();
  if (word === 'f' || word === 'female') return 'F';
  return word === 'm' || word === 'male' ? 'M' : null;
}
