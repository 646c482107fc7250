import type { Translation } from '../catalogue';

export const about: Translation['about'] = {
  title: 'Acerca de Fiducial',
  version: 'Versión {version}{place}. {disclaimer}',
  inBrowser: ', en el navegador',
  whereItRuns: 'Dónde se ejecuta {model}',
  inUse: 'en uso',
  notUsed: 'no se usa',
  notAvailable: 'no disponible aquí',
  speed: ', {n} segmentos/s',
  why: 'Por qué',
  disclaimer:
    'Solo para investigación y educación. Fiducial no es un producto sanitario y no debe usarse para diagnóstico ni tratamiento.',
};
