import { settings } from './settings';

/** All words, in English: the shape that every other language has. */
export const en = { settings } as const;
