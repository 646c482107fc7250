import type { Translation } from '../catalogue';

export const goTo: Translation['goTo'] = {
  badTime: 'Escriba 754, 12:34 o 1:02:03.',
  beyondEnd: 'El registro termina en {end}.',
  title: 'Ir a un momento',
  field: 'Tiempo desde el inicio del registro',
  forms: 'Segundos, minutos:segundos u horas:minutos:segundos.',
  clock: 'O la hora del día con @ delante, como @14:05.',
  go: 'Ir',
};
