import type { Translation } from '../catalogue';

export const paper: Translation['paper'] = {
  notRead: 'Este tramo no se ha podido leer.',
  noSamples: 'Este archivo contiene anotaciones y ninguna muestra.',
  reading: 'Leyendo la señal…',
  next: 'siguiente: ',
  before: 'anterior: ',
  fitted: '{unit}, ajustada',
  shifted: 'desplazada {mv} mV',
  gainAssumed: 'ganancia supuesta',
  annotations: 'anotaciones ({annotator})',
  label: 'Papel de ECG, derivaciones {leads}, de {from} a {to}',
};
