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
  noHeartbeatFor: 'sin latido durante {s, number} s',
  noHeartbeatFoundFor: 'no se ha encontrado latido durante {s, number} s',
  leadsOff:
    'todas las derivaciones sueltas durante {off, number} s, sin latido durante {s, number} s',
  ventricularFibrillation: 'puede ser fibrilación ventricular',
  sinusArrhythmia: 'puede ser arritmia sinusal',
  pauseOf: 'pausa de {s, number} s',
  af: 'fibrilación auricular',
  afOrFlutter: 'fibrilación o aleteo auricular',
  ventricularBeat: 'latido ventricular',
  bpm: '{n, number} lpm',
  tachycardiaOf: 'taquicardia de {n, number} lpm',
  veryWide: 'complejos muy anchos',
  pacedNotMeasured: 'Ritmo de marcapasos: PR, QRS y QT no se miden.',
  noLeadMeasured: 'No se puede medir ninguna derivación.',
  noNormalBeat: 'Un latido promediado necesita {least} latidos normales; no hay ninguno.',
  oneNormalBeat: 'Un latido promediado necesita {least} latidos normales; hay 1.',
  fewNormalBeats: 'Un latido promediado necesita {least} latidos normales; hay {n}.',
};
