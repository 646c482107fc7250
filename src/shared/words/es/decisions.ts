import type { Translation } from '../catalogue';

export const decisions: Translation['decisions'] = {
  title: 'Decisión',
  onSegments: 'sobre {n} segmentos',
  readerChange: 'Lector: {reader}. Cambiar',
  noName: 'sin nombre',
  notePlaceholder: 'Nota…',
  note: 'Nota',
  noteKey: 'nota',
  undo: 'deshacer',
  redo: 'rehacer',
  confirm: 'Confirmar',
  reject: 'Rechazar',
  unsure: 'Dudoso',
  addYourName: 'añada su nombre',
  confirmedIs: 'Confirmado: {what} cuenta en cifras e informe.',
  unsureIs: 'Dudoso: cuenta, y se marca como dudoso.',
  confirmKeeps:
    'Confirmar mantiene {what} en cifras e informe. Rechazar pregunta qué es en su lugar.',
  signalOnly: 'No se decide: es lo que le falta a la señal.',
  instead: 'Qué es en su lugar',
  nothingInHand: 'Nada en curso sobre lo que decidir.',
  toReport: 'Al informe',
  as_artefact: 'Artefacto',
  as_aberrant: 'Aberrante',
  as_supraventricular: 'Supraventricular',
  as_other: 'Otro',
};
