import { wayToSettle, type Finding, type ReportState } from '../../shared/domain';
import type { PlacedSignature } from '../review/acts';

/**
 * How far a report is: preliminary until its first signature, final as long as it says what was signed, and amended
 * from the first change after that.
 * @param digest of what the report says now
 * @param isKept whether the PDF of a version is in the store
 * @param differences of two reads that are not settled
 */
export function reportState(
  findings: readonly Finding[],
  signatures: readonly PlacedSignature[],
  digest: string,
  isKept: (version: number) => boolean,
  differences: number,
): ReportState {
  const events = findings.filter(({ kind }) => wayToSettle(kind) === 'one-by-one');
  const signed = signatures.at(-1)?.digest === digest;
  const amendment = signatures.length - (signed ? 1 : 0);
  return {
    kind: signatures.length === 0 ? 'preliminary' : amendment === 0 ? 'final' : 'amended',
    signed,
    amendment,
    events: events.length,
    open: events.filter(({ state }) => state === 'open').length,
    ...(differences > 0 ? { differences } : {}),
    signatures: signatures.map(({ version, reader, atMs }) => ({
      version,
      reader,
      atMs,
      kept: isKept(version),
    })),
  };
}
