import type { IncomingMessage } from 'node:http';

/** Time in which a body must bring something worth waiting for. */
export const ARRIVAL_WINDOW_MS = 10_000;
/** What it must bring in that time: a quarter of a slow mobile network's rate. */
const LEAST_BYTES = 64 << 10;

/**
 * Watches over a body that arrives: one that drips in, byte by byte, would hold its place among those that are let in.
 * @param slow called once when a whole window brought too little
 * @returns a function that ends the watch
 */
export function watchArrival(
  request: IncomingMessage,
  slow: () => void,
  windowMs = ARRIVAL_WINDOW_MS,
): () => void {
  let before = request.socket.bytesRead;
  const timer = setInterval(() => {
    const now = request.socket.bytesRead;
    const arrived = now - before;
    before = now;
    if (request.complete) clearInterval(timer);
    else if (arrived < LEAST_BYTES) {
      clearInterval(timer);
      slow();
    }
  }, windowMs);
  timer.unref();
  return () => clearInterval(timer);
}
