/** A stretch of time in seconds from the start of the recording. */
export interface TimeSpan {
  readonly startS: number;
  readonly endS: number;
}
