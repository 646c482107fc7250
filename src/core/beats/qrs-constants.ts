/** Rate at which QRS complexes are looked for; every input is brought to it. */
export const QRS_RATE_HZ = 250;
/** Levels and lead weights are kept per block of 0.4 s. */
export const LEVEL_BLOCK = 100;
/** Two QRS complexes cannot be nearer: the refractory period of ventricular muscle, 180 ms. */
export const REFRACTORY_SAMPLES = 45;
