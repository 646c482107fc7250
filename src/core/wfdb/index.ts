export type * from './types';
export { openRecord } from './open-record';
export {
  MAX_AUX_BYTES,
  parseAnnotations,
  readAnnotations,
  writeAnnotations,
  type WriteOptions,
} from './annotations';
