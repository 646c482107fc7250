import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';

/** A QRS complex of section 4; sample numbers count from 1. */
export interface Complex {
  /** 0 for the kind that the reference beat shows. */
  readonly type: number;
  /** First and last sample from which the reference beat was subtracted. */
  readonly start: number;
  readonly end: number;
  /** Fiducial point, which lies on the reference beat's. */
  readonly fiducial: number;
}

/** Stretch of samples that kept their rate where all others lost it (bimodal compression). */
export interface Protected {
  readonly start: number;
  readonly end: number;
}

export interface Complexes {
  /** Fiducial point within the reference beat. */
  readonly fiducial: number;
  readonly complexes: readonly Complex[];
  readonly zones: readonly Protected[];
}

const COMPLEX_BYTES = 14;
const ZONE_BYTES = 8;

/**
 * Reads section 4 (EN 1064:2005, 5.7). Protected zones are there only where something was subtracted or lost.
 * @returns `bad-header` where complexes or zones run out of the section
 */
export function complexesOf(data: Buffer, withZones: boolean, fileName: string): Result<Complexes> {
  const count = data.length < 6 ? 0 : data.readUInt16LE(4);
  const zonesAt = 6 + count * COMPLEX_BYTES;
  if (data.length < zonesAt + (withZones ? count * ZONE_BYTES : 0)) {
    return errSaid('bad-header', 'files.scpComplexes', {
      file: fileName,
      count,
      bytes: data.length,
    });
  }
  const indexes = Array.from({ length: count }, (_, k) => k);
  return ok({
    fiducial: data.length < 6 ? 0 : data.readUInt16LE(2),
    complexes: indexes.map((k): Complex => {
      const at = 6 + k * COMPLEX_BYTES;
      return {
        type: data.readUInt16LE(at),
        start: data.readUInt32LE(at + 2),
        fiducial: data.readUInt32LE(at + 6),
        end: data.readUInt32LE(at + 10),
      };
    }),
    zones: !withZones
      ? []
      : indexes.map((k): Protected => {
          const at = zonesAt + k * ZONE_BYTES;
          return { start: data.readUInt32LE(at), end: data.readUInt32LE(at + 4) };
        }),
  });
}
