import type { Translation } from '../catalogue';

export const calibrate: Translation['calibrate'] = {
  title: 'Calibrar esta pantalla',
  how: 'Apoye una tarjeta bancaria en la pantalla y dé a la tarjeta dibujada el mismo ancho. Desde entonces, 25 mm en esta pantalla son 25 mm en una regla. El ajuste se guarda para esta pantalla.',
  cardWidthMm: '85,60 mm',
  cardWidth: 'Ancho de la tarjeta',
  pxPerMm: '{px} px/mm',
  default: 'Predeterminado',
  keep: 'Guardar',
};
