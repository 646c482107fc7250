import { reasonBy, reasonParts } from './reason-words';

/** Why a segment is flagged that may hold ventricular fibrillation, as `Segment.reason` has it. */
export const FIBRILLATION_REASON = reasonBy('ventricularFibrillation', {});

/** Why a segment that a network would flag is borderline, or one that would be is not, as `Segment.reason` has it. */
export const SINUS_REASON = reasonBy('sinusArrhythmia', {});

/** Why a segment is flagged whose rate no heart at rest has in sinus rhythm, as `Segment.reason` has it. */
export function tachycardiaReason(bpm: number): string {
  return reasonBy('tachycardiaOf', { n: bpm.toFixed(0) });
}

/** Why a segment is flagged whose complexes are too slow to be conducted, as `Segment.reason` has it. */
export const WIDE_REASON = reasonBy('veryWide', {});

/** Whether what a segment is flagged for cannot wait, whatever beats were found in it. */
export function isPressingReason(reason: string | null | undefined): boolean {
  const code = reasonParts(reason)?.code;
  return code === 'ventricularFibrillation' || code === 'tachycardiaOf' || code === 'veryWide';
}
