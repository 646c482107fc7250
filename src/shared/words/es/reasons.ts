import type { Translation } from '../catalogue';

/** Por qué se señala un segmento por regla, o no se dice nada de él. */
export const reasons: Translation['reasons'] = {
  flat: 'plano',
  clipped: 'recortado',
  missing: 'faltan muestras',
  held: 'muestras repetidas',
  noise: 'ruido',
  short: 'registro más corto que un segmento',
  noAnswer: 'el modelo no ha respondido',
  noHeartbeat: 'no se ha encontrado ningún latido',
  noHeartbeatFor: 'sin latido durante {s} s',
  noHeartbeatFoundFor: 'no se ha encontrado latido durante {s} s',
  ventricularFibrillation: 'puede ser fibrilación ventricular',
  sinusArrhythmia: 'puede ser arritmia sinusal',
  pauseOf: 'pausa de {s} s',
  af: 'fibrilación auricular',
  afOrFlutter: 'fibrilación o aleteo auricular',
  ventricularBeat: 'latido ventricular',
  bpm: '{n} lpm',
  tachycardiaOf: 'taquicardia de {n} lpm',
};
