import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { leadNameOf } from '../shared/lead-codes';

/** What section 3 says of one lead. */
export interface LeadDefinition {
  readonly code: number;
  readonly name: string;
  /** Number of the first sample. */
  readonly start: number;
  /** Samples that are declared; section 6 may hold fewer. */
  readonly declared: number;
}

export interface LeadDefinitions {
  readonly leads: readonly LeadDefinition[];
  /** Whether the reference beat was subtracted from section 6 and has to be added again. */
  readonly beatSubtracted: boolean;
}

const LEAD_BYTES = 9;

/** Reads section 3 (EN 1064:2005, 5.6). */
export function leadDefinitions(data: Buffer, fileName: string): Result<LeadDefinitions> {
  const count = data.length > 1 ? data.readUInt8(0) : 0;
  if (count === 0 || 2 + count * LEAD_BYTES > data.length) {
    return errSaid('bad-header', 'files.scpLeadsCount', {
      file: fileName,
      count,
      bytes: data.length,
    });
  }
  const leads = Array.from({ length: count }, (_, k): LeadDefinition => {
    const at = 2 + k * LEAD_BYTES;
    const start = data.readUInt32LE(at);
    const code = data.readUInt8(at + 8);
    return {
      code,
      name: leadNameOf(code) ?? `lead ${code}`,
      start,
      declared: Math.max(0, data.readUInt32LE(at + 4) - start + 1),
    };
  });
  return ok({ leads, beatSubtracted: (data.readUInt8(1) & 1) === 1 });
}
