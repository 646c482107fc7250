import type { Translation } from '../catalogue';

export const keys: Translation['keys'] = {
  title: 'Teclas',
  mouse:
    'Ratón: rueda o arrastre para desplazarse, clic en un segmento para tomarlo, Mayús-clic o arrastre sobre los veredictos para elegir varios.',
  groupMove: 'Moverse',
  groupDecide: 'Decidir',
  groupBeats: 'En Latidos',
  groupShow: 'Mostrar',
  groupMarks: 'Con una marca en la mano',
  groupWindow: 'Ventana',
};
