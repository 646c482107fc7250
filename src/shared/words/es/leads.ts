import type { Translation } from '../catalogue';

export const leads: Translation['leads'] = {
  title: 'Derivaciones',
  show: 'Mostrar',
  lead: 'Derivación',
  recordedAs: 'Registrada con',
  gain: 'Ganancia',
  order: 'Orden',
  showLead: 'Mostrar {name}',
  recorded: '{rate} Hz, {gain} ADU/{unit}',
  assumed: '(supuesta)',
  gainOf: 'Ganancia de {name}',
  up: 'Subir {name}',
  down: 'Bajar {name}',
  annotations: 'Anotaciones',
  annotationKeys: '{show} las muestra u oculta, {next} toma las siguientes.',
};
