import type { Translation } from '../catalogue';

export const rhythm: Translation['rhythm'] = {
  rrRange: '{from}–{to} ms',
  heartRate: 'frecuencia cardíaca',
  bpm: '{n} lpm',
  rr: 'RR',
  noneFound: 'ninguno',
  afCue: 'indicio de FA',
  title: 'Ritmo',
  beats: 'latidos',
  signal: 'señal',
  unreadable: 'ilegible',
  readable: 'legible',
};
