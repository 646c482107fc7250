import type { Translation } from '../catalogue';

export const blind: Translation['blind'] = {
  title: 'Usted decide primero',
  byTime: 'Por hora',
  saidAll: 'dichos / todos',
  about:
    'Los eventos están entre tramos en los que no se encontró nada. Lo encontrado en cada uno se muestra cuando usted dice lo que ve. Con {key} se sale.',
  nothing: 'No hay nada sobre lo que decir algo.',
  agreement:
    '{of, plural, =0 {Aún no ha dicho nada primero} other {Usted y el programa coinciden en {agree} de {of}, {share} %}}{unsure, plural, =0 {} other {; dudosos: {unsure}}}',
  readFirst: 'Primero su lectura',
  question: '¿Qué ve?',
  later: 'Letras, corchete, colores y valores se muestran después de que lo diga.',
  seenBefore: 'Ya ha visto lo que se encontró aquí: esta respuesta no cuenta como dicha primero.',
  arrhythmia: 'Arritmia',
  none: 'Ninguna',
  unsure: 'Dudoso',
  you: 'Usted',
  program: 'El programa',
  nothingFlagged: 'nada marcado',
  event: '{kind}, {value}',
  agrees: 'coinciden',
  differs: 'difieren',
  place: 'Tramo {n} de {of}',
  inTime: 'en el orden del tiempo',
  stretch: 'tramo',
  rowHidden: 'Tramo de las {at}, aún sin decir',
  rowSaid: 'Tramo de las {at}: usted {said}, el programa {found}',
  hiddenAt: 'tramo ({at})',
  trail: ', dicho primero',
  report:
    'El informe nombra lo que usted aún no ha decidido, por eso está oculto. Vuelve cuando todos los eventos estén decididos, o cuando deje el modo a ciegas ({key}).',
  exports:
    'Lo que revelaría lo encontrado se puede guardar cuando todos los eventos estén decididos, o cuando deje el modo a ciegas ({key}).',
  figures:
    'Los números de la página 1 nombran lo que usted aún no ha decidido, por eso están ocultos.',
};
