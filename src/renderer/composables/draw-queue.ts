/** Pictures to be drawn, each once however often it is asked for. */
export interface DrawQueue {
  /** Draws in one of the next frames, in the order of asking. */
  draw(picture: () => void): void;
  /** What is no longer shown is not drawn. */
  drop(picture: () => void): void;
}

/**
 * Draws many small pictures over as many frames as they take, so that none of them is a long one.
 * @param wishes.budgetMs after this much of a frame what is left waits for the next
 */
export function createDrawQueue(
  wishes: {
    budgetMs?: number;
    nextFrame?: (run: () => void) => unknown;
    nowMs?: () => number;
  } = {},
): DrawQueue {
  const {
    budgetMs = 6,
    nextFrame = (run: () => void) => requestAnimationFrame(run),
    nowMs = () => performance.now(),
  } = wishes;
  const waiting = new Set<() => void>();
  let asked = false;
  function run(): void {
    asked = false;
    const untilMs = nowMs() + budgetMs;
    try {
      for (const picture of waiting) {
        waiting.delete(picture);
        picture();
        if (nowMs() >= untilMs) break;
      }
    } finally {
      ask();
    }
  }
  function ask(): void {
    if (asked || waiting.size === 0) return;
    asked = true;
    nextFrame(run);
  }
  return {
    draw(picture) {
      waiting.add(picture);
      ask();
    },
    drop: (picture) => void waiting.delete(picture),
  };
}

/** The small pictures of the page: they come a page at a time, and no frame draws them all. */
export const pictures = createDrawQueue();
