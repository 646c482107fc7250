import type { Translation } from '../catalogue';

export const palette: Translation['palette'] = {
  title: 'Órdenes',
  find: 'Buscar una orden',
  none: 'Ninguna orden coincide.',
};
