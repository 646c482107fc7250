import type { Translation } from '../catalogue';

export const status: Translation['status'] = {
  noSignal: 'sin señal',
  noAnnotations: 'este registro no trae anotaciones',
  orderHint:
    'El orden y las cifras vienen del programa hasta que se decide un evento; después, del lector',
  atCursor: 'en el cursor',
  open: 'abrir',
  nextUrgent: 'siguiente urgente',
  find: 'buscar',
  clockTimes: 'Las horas son de reloj',
  fromStart: 'Los tiempos son desde el inicio',
  keys: 'teclas',
};
