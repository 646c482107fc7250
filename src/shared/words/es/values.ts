import type { Translation } from '../catalogue';

export const values: Translation['values'] = {
  bpm: '{n} lpm',
  fromTo: '{from} a {beats}',
  coupling: 'acoplamiento {ms} ms',
  urgentVt: 'TV de {n} latidos o más',
  urgentPause: 'pausa de {s} s o más',
  urgentAf: 'fibrilación o aleteo auricular',
  urgent: 'cumple una regla de hallazgos urgentes',
  'order_most-beats': 'por latidos, luego por frecuencia',
  'first_most-beats': 'peor {value}',
  order_longest: 'el más largo primero',
  first_longest: 'el más largo {value}',
  order_slowest: 'el más lento primero',
  first_slowest: 'peor {value}',
  order_fastest: 'el más rápido primero',
  first_fastest: 'peor {value}',
  order_earliest: 'el más prematuro primero',
  first_earliest: 'peor {value}',
  order_likeliest: 'el más probable primero',
  first_likeliest: 'el más probable {value}',
  measured: 'medido',
};
