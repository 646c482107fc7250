import type { Translation } from '../catalogue';

export const whole: Translation['whole'] = {
  pausesOver: 'Pausas > {s} s',
  runs: 'Salvas',
  ventricular: 'Ventriculares',
  supraventricular: 'Supravent.',
  af: 'FA o aleteo',
  unreadable: 'Ilegible',
  hidden: 'oculto',
  title: 'Registro completo',
  beatsIn: 'latidos en {cell}',
  andMore: ' y más',
  rate: 'Frec.',
  commaBpm: ', lpm',
  bpmOver: 'lpm, en',
  position: 'Posición en el registro',
  mean: ' media',
  minToMax: 'mín. a máx.',
  median: 'mediana, {cell}',
  show_highest: 'frecuencia máxima, {text}: mostrarla',
  show_lowest: 'frecuencia mínima, {text}: mostrarla',
};
