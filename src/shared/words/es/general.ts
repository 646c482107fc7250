import type { Translation } from '../catalogue';

export const general: Translation['general'] = {
  close: 'Cerrar',
  writing: 'Escribiendo…',
  reading: 'Leyendo…',
  noRecording: 'No hay ningún registro abierto',
  openWith: 'Elija uno de la lista de trabajo o abra uno con',
  stop: 'Detener',
  none: 'ninguna',
  tryAgain: 'Intentar de nuevo',
  putMessageAway: 'Cerrar este mensaje',
  researchOnly: 'Solo para investigación; no es un producto sanitario',
  researchOnlySentence: 'Solo para investigación; no es un producto sanitario.',
  fieldFull: 'Completo con {most} caracteres: lo que se pegó de más no está.',
  soFar: ' por ahora',
  noneThere: 'ninguna',
};
