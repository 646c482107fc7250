/** A second, or the window of a beat, that spans less than this, in mV, holds no heartbeat: the electrode is off. */
export const FLAT_MV = 0.02;
