export type * from './types';
export { openAnnotated, type AnnotatedRecord } from './open-annotated';
export { openRecord } from './open-record';
export { MITBIH_LAYOUT, openHeaderless, type HeaderlessOptions } from './open-headerless';
export {
  MAX_AUX_BYTES,
  parseAnnotations,
  readAnnotations,
  writeAnnotations,
  type WriteOptions,
} from './annotations';
export { recordingInfo } from './recording-info';
export { recordReport, type LeadReport, type RecordReport } from './record-report';
export { leadForModel } from './lead-for-model';
export { contentHash } from './content-hash';
export { findRecords, type FindOptions, type FoundRecords } from './find-records';
