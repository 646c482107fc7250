export type * from './types';
export { openRecord } from './open-record';
export { MITBIH_LAYOUT, type HeaderlessOptions } from './headerless';
export {
  MAX_AUX_BYTES,
  parseAnnotations,
  readAnnotations,
  writeAnnotations,
  type WriteOptions,
} from './annotations';
export { withoutSegments } from './without-segments';
export { readHeader } from './read-header';
