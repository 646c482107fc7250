import type { Lane } from './lanes';

/** A stretch of paper being painted; all px are device px. */
export interface FrameGeometry {
  readonly context: CanvasRenderingContext2D;
  readonly ratio: number;
  readonly leftS: number;
  readonly rightS: number;
  /** Position of a time on this stretch. */
  x(timeS: number): number;
  readonly lanes: readonly Lane[];
  readonly widthPx: number;
  readonly heightPx: number;
}
