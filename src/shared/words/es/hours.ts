import type { Translation } from '../catalogue';

export const hours: Translation['hours'] = {
  af: 'FA {length}',
  bpmRange: '{from} a {to} lpm',
  noRate: 'sin frecuencia',
  unreadable: 'ilegible {n} min',
  blind: 'Usted decide primero: las horas muestran lo encontrado, por eso están ocultas.',
  none: 'Todavía no hay horas.',
  from: 'desde',
  bpm: 'lpm',
  range: 'rango',
  found: 'salvas, FA, pausas',
  showHighest: '{range}: mostrar la más alta',
  showFirstV:
    '{n, plural, one {# latido ventricular} other {# latidos ventriculares}}: mostrar el primero',
  all: 'todo',
  notJudged: 'No se valoran latidos, ritmo ni pausas: la red no los nombra o no se pudo leer nada.',
  hint: 'El número abre su primer evento; la barra, su frecuencia más alta. Parejas, S y minutos ilegibles por hora están en el informe.',
};
