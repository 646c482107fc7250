// Apart from the schemas, so that the viewer's bundle has no need of the schema library for them.

export const SWEEP_SPEEDS_MM_PER_S = [12.5, 25, 50, 100, 200] as const;
export const GAINS_MM_PER_MV = [5, 10, 20] as const;

/** The hours of a clock on screen. */
export const CLOCK_HOURS = [24, 12] as const;
