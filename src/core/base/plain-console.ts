import { inspect } from 'node:util';

/**
 * What a terminal acts on instead of showing it: control characters but tab and line feed, in both their ranges, and
 * those that turn the direction of writing (Unicode Standard Annex 9, table 4).
 */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const ACTED_ON = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text for a terminal in which nothing that came out of a file can move the cursor, hide a line or name a window: such
 * characters become their escapes, as in `\u001b`, which in JSON mean the same character as before.
 */
export function printable(text: string): string {
  return text.replace(
    ACTED_ON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Lets this process's console print nothing but `printable` text. */
export function makeConsolePlain(): void {
  for (const level of ['log', 'error', 'warn', 'info'] as const) {
    const write = console[level].bind(console);
    console[level] = (...values: unknown[]) =>
      write(
        ...values.map((value) => printable(typeof value === 'string' ? value : inspect(value))),
      );
  }
}
