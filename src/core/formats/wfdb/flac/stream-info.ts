import { ok, type Result } from '../../../../shared/domain';
import { errSaid, toldBy, withDetails } from '../../../../shared/domain/said';

/** What a FLAC file says of its stream (RFC 9639, section 8.2). */
export interface StreamInfo {
  readonly minBlockSamples: number;
  readonly maxBlockSamples: number;
  readonly channels: number;
  readonly bits: number;
  /** Where the first frame starts. */
  readonly audioStart: number;
}

/** Length of the metadata that must be at hand for parseStreamInfo to find the frames of usual files. */
export const METADATA_BYTES = 64 * 1024;

/**
 * Parses the start of a FLAC file.
 * @param bytes the file's first METADATA_BYTES, or all of it
 * @param name file name for messages
 */
export function parseStreamInfo(bytes: Uint8Array, name: string): Result<StreamInfo> {
  const bad = (
    key: `files.${'noFlac' | 'flacNoStreaminfo' | 'flacMuchMetadata' | 'flacBlockSize'}`,
  ): Result<never> =>
    withDetails(errSaid('bad-signal', 'files.fileIs', { file: name, what: toldBy(key) }), {
      field: 'FLAC metadata',
    });
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== 'fLaC') return bad('files.noFlac');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 42 || (bytes[4]! & 0x7f) !== 0) return bad('files.flacNoStreaminfo');
  let audioStart = 4;
  for (let last = false; !last;) {
    if (audioStart + 4 > bytes.length) return bad('files.flacMuchMetadata');
    last = (bytes[audioStart]! & 0x80) !== 0;
    audioStart += 4 + (view.getUint32(audioStart) & 0xffffff);
  }
  const minBlockSamples = view.getUint16(8);
  const maxBlockSamples = view.getUint16(10);
  if (minBlockSamples < 1 || maxBlockSamples < minBlockSamples) return bad('files.flacBlockSize');
  return ok({
    minBlockSamples,
    maxBlockSamples,
    channels: ((bytes[20]! >> 1) & 7) + 1,
    bits: (((bytes[20]! & 1) << 4) | (bytes[21]! >> 4)) + 1,
    audioStart,
  });
}
