import type { Result, Warning } from '../../../../shared/domain';
import type { OpenRecording } from '../../open-recording';
import type { WorkOptions } from './read-frames';

/** Where a recording is written to. */
export interface WriteTarget extends WorkOptions {
  readonly folder: string;
  /** Name of the files without their endings. */
  readonly name: string;
  /** Replace files that are there. */
  readonly overwrite: boolean;
}

export interface Written {
  /** Absolute paths, the one that opens the recording last. */
  readonly files: readonly string[];
  /** What the format could not take as it was. */
  readonly warnings: readonly Warning[];
}

/** Writes an open recording in another format. */
export type WriteRecording = (
  recording: OpenRecording,
  target: WriteTarget,
) => Promise<Result<Written>>;
