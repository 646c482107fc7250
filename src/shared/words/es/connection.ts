import type { Translation } from '../catalogue';

export const connection: Translation['connection'] = {
  lost: 'Se ha perdido la conexión con Fiducial. Se intenta de nuevo; mientras tanto no se pueden guardar decisiones.',
  unknown:
    'Fiducial se ha iniciado de nuevo y no conoce esta página: abra la dirección que ha escrito y siga aquí.',
  engine:
    'El motor de Fiducial se ha detenido{reason} y se inicia de nuevo. Lo guardado se conserva.',
  again: 'Conectado de nuevo.',
};
