import type { Format } from '../format';
import { fileBeside } from './files-beside';
import { ANNOTATION_MAGIC, ECG_MAGIC, ishneMagic } from './header';
import { openIshne } from './open-ishne';

export const ishneFormat: Format = {
  id: 'ishne',
  title: 'ISHNE Holter (.ecg, .ann)',
  extensions: ['ecg', 'ann'],
  recognises: ({ bytes }) => ishneMagic(bytes) === ECG_MAGIC,
  open: openIshne,
  async recordingOf(file, head) {
    return head && ishneMagic(head.bytes) === ANNOTATION_MAGIC ? fileBeside(file, ECG_MAGIC) : null;
  },
};
