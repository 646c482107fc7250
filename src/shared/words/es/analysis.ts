import type { Translation } from '../catalogue';

export const analysis: Translation['analysis'] = {
  otherModel: 'Otro modelo…',
  none: 'Sin análisis',
  tracesStand: 'Los trazados se pueden leer y medir igualmente.',
  analysing: 'Analizando',
  analysis: 'Análisis',
  segmentsDone:
    '{total, plural, one {{done} de {total} segmento} other {{done} de {total} segmentos}}',
  left: 'quedan {left}',
  share: '{n} % analizado',
  commaLeft: ', quedan {left}',
  doneIn: 'análisis hecho en {s} s',
  stoppedAt: 'análisis detenido al {n} %',
  failed: 'el análisis ha fallado',
  goOn: 'Continuar',
  analysingDots: 'Analizando…',
};
