/** Titles of the formats that are read, by their id. */
export const formats = {
  wfdb: 'WFDB record (.hea with its signal files)',
  edf: 'European Data Format (EDF, EDF+, BDF)',
  dicom: 'DICOM waveform (12-lead, General, Ambulatory, Hemodynamic)',
  scp: 'SCP-ECG',
  aecg: 'HL7 annotated ECG (aECG)',
  ishne: 'ISHNE Holter (.ecg, .ann)',
  muse: 'GE MUSE XML',
  philips: 'Philips Sierra XML (XLI)',
  cardiosoft: 'GE CardioSoft XML',
  mat: 'MATLAB (versions 4 to 7)',
  text: 'Text (CSV, TSV; Apple Health, Polar, OpenBCI, OpenSignals)',
  zip: 'Zip archive of recordings',
} as const;
