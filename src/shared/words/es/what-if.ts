import type { Translation } from '../catalogue';

export const whatIf: Translation['whatIf'] = {
  title: '¿Y si …?',
  try: 'probar tres cambios',
  stop: 'Detener',
  reading: 'Leyéndolo otra vez …',
  change: 'Cambio',
  probability: 'Probabilidad',
  verdict: 'Veredicto',
  asRead: 'tal como está',
  withoutLead: 'sin {lead}',
  otherLead: 'en {lead} en su lugar',
  oneLead: 'no hay otra derivación',
  later: '{s} s después',
  earlier: '{s} s antes',
  noRoom: 'sin espacio para moverla',
  band: 'con {low}–{high} Hz',
  stands: 'se mantiene',
  falls: 'no se mantiene',
  note: 'Leído con un minuto a cada lado; no se guarda nada.',
};
