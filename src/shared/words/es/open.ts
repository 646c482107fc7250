import type { Translation } from '../catalogue';

export const open: Translation['open'] = {
  opening: 'Abriendo…',
  cannotRead: 'Este registro no se puede leer',
  nothingChanged: 'No se ha cambiado nada en el disco.',
  another: 'Abrir otro…',
  errorCode: 'Error {code}',
  title: 'Abrir un registro',
  formats:
    'Fiducial lee WFDB, EDF, DICOM, SCP-ECG, HL7 aECG, ISHNE, MUSE, Philips, CardioSoft, MATLAB y texto, sueltos o en archivos comprimidos. Nada sale de este equipo.',
  record: 'Abrir registro…',
  folder: 'Abrir carpeta…',
  dropNow: 'Suelte para abrir',
  drop: 'o suelte aquí los archivos del registro',
  whatIsMissing: '¿Qué omite el archivo?',
  open: 'Abrir',
  askMaker:
    'Pregunte a quien hizo el registro: de ello dependen frecuencias, intervalos y amplitudes.',
  'advice_not-found': 'Compruebe que junto a la cabecera estén todos los archivos que nombra.',
  'advice_not-readable': 'Compruebe que tiene permiso para leer el archivo.',
  'advice_unknown-format':
    'Abra un registro en uno de los formatos que lee Fiducial; la ayuda los enumera.',
  'advice_not-wfdb':
    'Abra el archivo .hea de un registro WFDB, o el nombre del registro sin extensión.',
  'advice_bad-header':
    'El archivo no respeta su formato. Corrija el campo indicado o vuelva a copiarlo.',
  'advice_bad-signal':
    'Las muestras no concuerdan con lo que el archivo dice de ellas. Vuelva a copiarlo desde su origen.',
  'advice_bad-annotation':
    'El archivo de anotaciones está dañado; las señales quizá se abran sin él.',
  advice_unsupported: 'El registro está bien formado, pero usa algo que Fiducial aún no lee.',
  'advice_too-large': 'El registro supera un límite establecido.',
  samplingRateHz: 'Frecuencia de muestreo',
  samplingRateHzHint: 'muestras por segundo, como 360',
  gainAduPerMv: 'Ganancia',
  gainAduPerMvHint:
    'cuántas unidades del archivo son un milivoltio; 1 si sus números son mV, 1000 si son µV',
};
