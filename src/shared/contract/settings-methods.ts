import { z } from 'zod';
import { DocumentRef, Settings } from './shapes';

/** Characters of exported settings: those of a logo, and some. */
const LONGEST_SETTINGS = 1_000_000;

/** What is asked about settings; a part of `METHODS`. */
export const SETTINGS_METHODS = {
  'settings.get': { input: z.object({}), output: Settings, idempotent: true, lane: 'interactive' },
  'settings.set': {
    input: Settings.partial(),
    output: Settings,
    idempotent: true,
    lane: 'interactive',
  },
  /** Writes the settings that go to another machine as a document. */
  'settings.export': {
    input: z.object({}),
    output: DocumentRef,
    idempotent: false,
    lane: 'interactive',
  },
  /** Takes over such a file, all of it or nothing: `bad-input` names the field that cannot be taken. */
  'settings.import': {
    input: z.object({
      /** The file's name, for messages. */
      name: z.string().max(255),
      json: z.string().max(LONGEST_SETTINGS),
    }),
    output: Settings,
    idempotent: true,
    lane: 'interactive',
  },
} as const;
