/** Where and why a segment cannot be judged (design: flat, clipped or more than 10 % missing). */
export type UnreadableReason = 'flat' | 'clipped' | 'missing samples';

/** One window of the plain or flush grid, cut from the filtered signal at the model's rate. */
export interface SegmentWindow {
  readonly index: number;
  readonly startS: number;
  readonly endS: number;
  readonly unreadable: UnreadableReason | null;
}
