/**
 * The paper in pieces: everything that moves with the recording (grid, tint, traces, beats) is painted once
 * per piece and copied while scrolling, so that a frame costs three copies whatever the number of leads.
 */
export interface SheetPiece {
  readonly context: CanvasRenderingContext2D;
  /** Device px from the start of the recording to the left edge of the piece. */
  readonly leftPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface SheetsOptions {
  /** Paints a piece; false while something of it (a tile) is not there yet. */
  readonly paint: (piece: SheetPiece) => boolean;
  /** Painted ahead of time when the window has nothing else to do. */
  readonly whenIdle: (work: () => void) => void;
}

export interface Sheets {
  /** Copies what lies between two positions onto the screen. */
  copy(target: CanvasRenderingContext2D, leftPx: number, widthPx: number, heightPx: number): void;
  /** Everything has to be painted anew. */
  invalidate(): void;
  /** What was incomplete has to be painted anew. */
  complete(): void;
  readonly pieces: number;
}

/** Width of a piece: small enough to paint within a frame, large enough that few are copied. */
const PIECE_PX = 512;
/** A window 4096 px wide needs nine; the rest is what lies around it. */
const MAX_PIECES = 14;

interface Kept {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  whole: boolean;
  stale: boolean;
}

export function createSheets(options: SheetsOptions): Sheets {
  const kept = new Map<number, Kept>();
  const spare: Kept[] = [];
  let idle = false;

  function obtain(index: number, heightPx: number): Kept {
    let piece = kept.get(index);
    if (piece) {
      kept.delete(index);
    } else {
      piece = spare.pop();
      if (!piece) {
        const canvas = document.createElement('canvas');
        canvas.width = PIECE_PX;
        canvas.height = heightPx;
        piece = { canvas, context: canvas.getContext('2d')!, whole: false, stale: true };
      }
      piece.stale = true;
    }
    kept.set(index, piece);
    if (piece.canvas.height !== heightPx) {
      piece.canvas.height = heightPx;
      piece.stale = true;
    }
    if (piece.stale) {
      piece.whole = options.paint({
        context: piece.context,
        leftPx: index * PIECE_PX,
        widthPx: PIECE_PX,
        heightPx,
      });
      piece.stale = false;
    }
    for (const [old, one] of kept) {
      if (kept.size <= MAX_PIECES) break;
      kept.delete(old);
      spare.push(one);
    }
    return piece;
  }

  return {
    copy(target, leftPx, widthPx, heightPx) {
      const first = Math.floor(leftPx / PIECE_PX);
      const last = Math.floor((leftPx + widthPx - 1) / PIECE_PX);
      for (let i = first; i <= last; i++)
        target.drawImage(obtain(i, heightPx).canvas, i * PIECE_PX - leftPx, 0);
      if (idle) return;
      idle = true;
      options.whenIdle(() => {
        idle = false;
        // One piece at a time, the one further on first: reading goes forward.
        for (const ahead of [last + 1, first - 1, last + 2]) {
          const piece = kept.get(ahead);
          if (ahead < 0 || (piece && !piece.stale)) continue;
          obtain(ahead, heightPx);
          break;
        }
      });
    },
    invalidate() {
      for (const piece of kept.values()) piece.stale = true;
    },
    complete() {
      for (const piece of kept.values()) if (!piece.whole) piece.stale = true;
    },
    get pieces() {
      return kept.size;
    },
  };
}
