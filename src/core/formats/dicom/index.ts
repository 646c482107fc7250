import type { Format } from '../format';
import { openDicom } from './open-dicom';
import { looksLikeDicom } from './transfer-syntax';

export const dicomFormat: Format = {
  id: 'dicom',
  title: 'DICOM waveform (12-lead, General, Ambulatory, Hemodynamic)',
  extensions: ['dcm', 'dicom'],
  recognises: ({ bytes }) => looksLikeDicom(bytes),
  open: openDicom,
};
