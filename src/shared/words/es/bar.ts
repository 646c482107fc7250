import type { Translation } from '../catalogue';

export const bar: Translation['bar'] = {
  notch: 'red {hz} Hz',
  page: 'Página',
  layout: 'Disposición de las derivaciones',
  speed: 'Velocidad de barrido',
  gain: 'Ganancia',
  filter: 'Filtro',
  overlay: 'Superposición',
  menu: 'Menú',
  recording: 'Registro',
  inHand: 'En curso',
  overlayOff: 'No',
  overlayAttention: 'Atención',
  overlayEvidence: 'Evidencia',
  raw: 'Crudo',
};
