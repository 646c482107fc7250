/**
 * Bounds on what a header may ask for. Nothing measured from a heart comes near them; a damaged or hostile
 * file does, and without them one line of text could claim all memory or hours of work.
 */
export const LIMITS = {
  headerBytes: 4 * 2 ** 20,
  annotationBytes: 8 * 2 ** 20,
  signals: 1024,
  samplesPerFrame: 2 ** 16,
  /** Samples of all signals of one file in one frame. */
  frameSamples: 2 ** 18,
  segments: 20_000,
  frameRateHz: 10_000_000,
  durationS: 400 * 86_400,
  skewFrames: 2 ** 24,
  /** Values that one read may return: 24 h at 250 Hz are 21.6 million. */
  samplesPerRead: 2 ** 25,
} as const;
