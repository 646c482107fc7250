export type * from './types';
export { openRecord } from './open-record';
export { readAnnotations } from './annotations';
