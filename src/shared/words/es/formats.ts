import type { Translation } from '../catalogue';

/** Títulos de los formatos que se leen, por su id. */
export const formats: Translation['formats'] = {
  wfdb: 'Registro WFDB (.hea con sus archivos de señal)',
  edf: 'European Data Format (EDF, EDF+, BDF)',
  dicom: 'Forma de onda DICOM (12 derivaciones, general, ambulatoria, hemodinámica)',
  scp: 'SCP-ECG',
  aecg: 'ECG anotado HL7 (aECG)',
  ishne: 'Holter ISHNE (.ecg, .ann)',
  muse: 'GE MUSE XML',
  philips: 'Philips Sierra XML (XLI)',
  cardiosoft: 'GE CardioSoft XML',
  mat: 'MATLAB (versiones 4 a 7)',
  text: 'Texto (CSV, TSV; Apple Health, Polar, OpenBCI, OpenSignals)',
  zip: 'Archivo zip de registros',
};
