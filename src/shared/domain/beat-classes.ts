/**
 * Beat classes of ANSI/AAMI EC57: N normal or bundle branch block, S supraventricular ectopic,
 * V ventricular ectopic, F fusion, Q cannot be said. The order is the code used in `BeatColumns.beatClass`.
 * In a file without the schema library, so that the viewer's bundle can have it without that.
 */
export const BEAT_CLASSES = ['N', 'S', 'V', 'F', 'Q'] as const;
export type BeatClass = (typeof BEAT_CLASSES)[number];
