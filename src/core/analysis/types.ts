/** Why a segment cannot be judged: flat, clipped, more than 10 % missing, or less than 4 s in 10 free of noise. */
export type UnreadableReason = 'flat' | 'clipped' | 'missing samples' | 'noise';

/** One window of the plain or flush grid, cut from the filtered signal at the model's rate. */
export interface SegmentWindow {
  readonly index: number;
  readonly startS: number;
  readonly endS: number;
  readonly unreadable: UnreadableReason | null;
}
