import type { Translation } from '../catalogue';
import { settings } from './settings';

/** All words, in Spanish. */
export const es: Translation = { settings };
