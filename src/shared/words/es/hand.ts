import type { Translation } from '../catalogue';

/** Latidos tomados en la mano sobre el papel. */
export const hand: Translation['hand'] = {
  chosen: '{n, plural, one {# latido} other {# latidos}}',
  chosenLabel: '{n, plural, one {# latido} other {# latidos}}, de {from} a {to}',
  family: 'elegidos en el papel',
  delete: 'Eliminar',
  letGo: 'Soltar los latidos',
};
