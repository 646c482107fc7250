import type { Format } from '../format';
import { headerBeside } from './header-beside';
import { openMat } from './open-mat';
import { looksLikeVersion4 } from './version4';
import { isVersion73, version5IsBigEndian } from './version5';

/** MATLAB files of versions 4, 5, 6 and 7; 7.3 is HDF5, which is told and not read. */
export const matFormat: Format = {
  id: 'mat',
  title: 'MATLAB (versions 4 to 7)',
  extensions: ['mat'],
  recognises: ({ bytes, sizeBytes }) =>
    version5IsBigEndian(bytes) !== null ||
    isVersion73(bytes) ||
    looksLikeVersion4(bytes, sizeBytes),
  open: openMat,
  partOf: headerBeside,
};
