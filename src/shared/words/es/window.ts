import type { Translation } from '../catalogue';

/** Lo que dice la propia ventana, en los cuadros del sistema. */
export const window: Translation['window'] = {
  openRecord: 'Abrir un registro',
  openFolder: 'Abrir una carpeta de registros',
  allFiles: 'Todos los archivos',
  recordings: 'Registros',
  cannotStart: 'Fiducial no puede iniciarse',
  fileMissing: 'Falta {path}: instale Fiducial de nuevo o ejecute "npm run build".',
  wentWrong: 'Algo ha fallado en Fiducial.',
  wentWrongDetail:
    '{what}\n\nLo que se mostró como guardado está guardado. Si algo deja de responder, cierre Fiducial y ábralo de nuevo.',
  quitAllTheSame: '{work} ¿Salir de todos modos?',
  quitDetail: 'Lo hecho se conserva; lo que está en curso se interrumpe.',
  keepWorking: 'Seguir trabajando',
  quit: 'Salir',
  loadAgain: 'Volver a cargar',
  savedDetail: 'Lo que se mostró como guardado está guardado.',
  doesNotAnswer: 'El visor no responde.',
  loadingLoses: 'Al volver a cargarlo se pierde lo escrito y aún no guardado, y nada más.',
  wait: 'Esperar',
  notLoaded: 'No se ha podido cargar el visor ({why}: {url}).',
  notJoined: 'No se ha podido unir el visor a Fiducial ({path}: {why}).',
  endedAgain: 'El visor ha terminado otra vez ({why}).',
  scanRuns:
    '{total, plural, one {Hay un análisis de carpeta en curso: {done} de # registro.} other {Hay un análisis de carpeta en curso: {done} de # registros.}}',
  analysesRun:
    '{n, plural, one {Se está analizando un registro.} other {Se están analizando # registros.}}',
};
