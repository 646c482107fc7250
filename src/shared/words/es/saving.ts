import type { Translation } from '../catalogue';

export const saving: Translation['saving'] = {
  notSaved: 'No guardado',
  saving: 'Guardando…',
  saved: 'Guardado',
  cannotBeRead: 'No se pueden leer las decisiones',
};
