/** Why a segment is flagged that may hold ventricular fibrillation, as `Segment.reason` has it. */
export const FIBRILLATION_REASON = 'may be ventricular fibrillation';

/** Why a segment that a network would flag is borderline, or one that would be is not, as `Segment.reason` has it. */
export const SINUS_REASON = 'may be sinus arrhythmia';

const FAST = 'tachycardia of';

/** Why a segment is flagged whose rate no heart at rest has in sinus rhythm, as `Segment.reason` has it. */
export function tachycardiaReason(bpm: number): string {
  return `${FAST} ${bpm.toFixed(0)} bpm`;
}

/** Whether what a segment is flagged for cannot wait, whatever beats were found in it. */
export function isPressingReason(reason: string | null | undefined): boolean {
  return reason === FIBRILLATION_REASON || reason?.startsWith(FAST) === true;
}
