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
  /** Asks for another copy before the next frame: pieces on the screen are still to be refreshed. */
  readonly again: () => void;
}

export interface Sheets {
  /**
   * Copies what lies between two positions onto the screen.
   * @returns false while a piece lacks a tile that has come: it is painted anew with one of the next copies
   */
  copy(
    target: CanvasRenderingContext2D,
    leftPx: number,
    widthPx: number,
    heightPx: number,
  ): boolean;
  /** Everything has to be painted anew: scale, leads or colours have changed. */
  invalidate(): void;
  /**
   * What lies on the paper has changed, its geometry has not: one piece per frame is painted anew, and until
   * its turn comes a piece shows what it showed. A change of many pieces never costs one long frame.
   */
  refresh(): void;
  /** As `refresh`, for what was incomplete. */
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
  /** `old`: still to be shown until it is painted anew. `void`: of no use any more. */
  state: 'fresh' | 'old' | 'void';
}

export function createSheets(options: SheetsOptions): Sheets {
  const kept = new Map<number, Kept>();
  const spare: Kept[] = [];
  let idle = false;

  function paint(piece: Kept, index: number): void {
    const { context, canvas } = piece;
    piece.state = 'fresh';
    piece.whole = options.paint({
      context,
      leftPx: index * PIECE_PX,
      widthPx: PIECE_PX,
      heightPx: canvas.height,
    });
  }

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
        piece = { canvas, context: canvas.getContext('2d')!, whole: false, state: 'void' };
      }
      piece.state = 'void';
    }
    kept.set(index, piece);
    if (piece.canvas.height !== heightPx) {
      piece.canvas.height = heightPx;
      piece.state = 'void';
    }
    if (piece.state === 'void') paint(piece, index);
    for (const [old, one] of kept) {
      if (kept.size <= MAX_PIECES) break;
      kept.delete(old);
      spare.push(one);
    }
    return piece;
  }

  /** One piece at a time beside the screen, the one further on first: reading goes forward. */
  function prepare(first: number, last: number, heightPx: number): void {
    if (idle) return;
    idle = true;
    options.whenIdle(() => {
      idle = false;
      for (const beside of [last + 1, first - 1, last + 2]) {
        const piece = kept.get(beside);
        if (beside < 0 || piece?.state === 'fresh') continue;
        if (obtain(beside, heightPx).state === 'old') paint(piece!, beside);
        break;
      }
    });
  }

  return {
    copy(target, leftPx, widthPx, heightPx) {
      const first = Math.floor(leftPx / PIECE_PX);
      const last = Math.floor((leftPx + widthPx - 1) / PIECE_PX);
      let refreshed = false;
      let waiting = false;
      let upToDate = true;
      for (let i = first; i <= last; i++) {
        const known = kept.get(i)?.state;
        const piece = obtain(i, heightPx);
        if (known !== 'fresh' && piece.state === 'fresh') refreshed = true;
        if (piece.state === 'old' && !refreshed) {
          paint(piece, i);
          refreshed = true;
        } else if (piece.state === 'old') waiting = true;
        if (piece.state === 'old' && !piece.whole) upToDate = false;
        target.drawImage(piece.canvas, i * PIECE_PX - leftPx, 0);
      }
      if (waiting) options.again();
      else prepare(first, last, heightPx);
      return upToDate;
    },
    invalidate() {
      for (const piece of kept.values()) piece.state = 'void';
    },
    refresh() {
      for (const piece of kept.values()) if (piece.state === 'fresh') piece.state = 'old';
    },
    complete() {
      for (const piece of kept.values())
        if (!piece.whole && piece.state === 'fresh') piece.state = 'old';
    },
    get pieces() {
      return kept.size;
    },
  };
}
