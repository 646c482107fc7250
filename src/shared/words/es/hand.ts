import type { Translation } from '../catalogue';

/** Latidos elegidos en el trazado. */
export const hand: Translation['hand'] = {
  chosen: '{n, plural, one {# latido} other {# latidos}}',
  chosenLabel: '{n, plural, one {# latido} other {# latidos}}, de {from} a {to}',
  family: 'elegidos en el trazado',
  delete: 'Borrar',
  letGo: 'Soltar los latidos',
};
