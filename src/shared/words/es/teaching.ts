import type { Translation } from '../catalogue';

export const teaching: Translation['teaching'] = {
  borderline: '{n, plural, one {# tramo limítrofe} other {# tramos limítrofes}}',
  unlike: 'formas distintas de las de entrenamiento en el {share} de los latidos',
  differing: 'los dos modelos difieren en {n, plural, one {# segmento} other {# segmentos}}',
};
