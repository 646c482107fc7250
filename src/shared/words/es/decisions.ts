import type { Translation } from '../catalogue';

export const decisions: Translation['decisions'] = {
  title: 'Decisión',
  onSegments: 'sobre {n} segmentos',
  readerChange: 'Lector: {reader}. Cambiar',
  noName: 'sin nombre',
  addName: 'añadir nombre',
  notePlaceholder: 'Nota…',
  note: 'Nota',
  noteKey: 'nota',
  undo: 'deshacer',
  redo: 'rehacer',
  confirm: 'Confirmar',
  reject: 'Rechazar',
  unsure: 'No seguro',
};
