import type { Translation } from '../catalogue';

export const record: Translation['record'] = {
  aboutFile: 'Sobre este archivo',
  change: 'Cambiar…',
  more: '{n} más',
  putAway: 'Cerrar estas notas',
  less: 'menos',
  filesChanged:
    'Los archivos cambiaron mientras estaban abiertos y se leyeron de nuevo. Lo decidido antes se conserva con el estado anterior y vuelve con él.',
};
