import type { Translation } from '../catalogue';

export const findings: Translation['findings'] = {
  aBeat_N: 'un latido normal',
  aBeat_S: 'un latido supraventricular',
  aBeat_V: 'un latido ventricular',
  aBeat_F: 'un latido de fusión',
  aBeat_Q: 'un latido sin clase',
  number_2: 'Dos',
  number_3: 'Tres',
  number_4: 'Cuatro',
  number_5: 'Cinco',
  number_6: 'Seis',
  number_7: 'Siete',
  number_8: 'Ocho',
  number_9: 'Nueve',
  number_10: 'Diez',
  svInARow: '{count} latidos supraventriculares seguidos.',
  ventricularInARow: '{count} latidos ventriculares seguidos.',
  firstBeat: 'Primer latido {ms} ms después de {beat}.',
  rateBefore: 'Frecuencia previa {n} lpm.',
  then: 'Después, {beat} a los {ms} ms.',
  noBeatBetween: 'Sin latido durante {s} s, entre {from} y {to}.',
  noBeat: 'Sin latido durante {s} s.',
  timesInterval: 'Frecuencia previa {n} lpm: {times} veces su intervalo.',
  irregularRr:
    'Irregular: RR de {from} a {to} ms en {n, plural, one {# latido} other {# latidos}}.',
  rr: 'RR de {from} a {to} ms en {n, plural, one {# latido} other {# latidos}}.',
  borderline:
    'La red está cerca de su umbral aquí{reason} y nada de lo encontrado lo explica. Tiene que resolverlo un lector.',
  flagged:
    'La red ha señalado este tramo{reason}; ningún latido, ritmo o pausa encontrados lo explica.',
  noise: 'Demasiado ruido para leerlo. No se dice nada de él.',
  leadOff: 'Sin señal. No se dice nada de él.',
  paced: 'Se ve marcapasos. El ritmo de marcapasos no se valora.',
  rejected: 'Rechazado. No cuenta en ninguna cifra.',
  rejectedAs_artefact: 'Rechazado: artefacto. No cuenta en ninguna cifra.',
  rejectedAs_aberrant:
    'Rechazado: conducción aberrante. Sus latidos cuentan como supraventriculares.',
  rejectedAs_supraventricular:
    'Rechazado: supraventricular. Sus latidos cuentan como supraventriculares.',
  wideQrs:
    'El latido normal promediado mide {ms} ms de ancho dondequiera que se midió. No se valora qué lo ensancha.',
};
