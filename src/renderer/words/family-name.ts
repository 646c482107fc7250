import { say } from '.';

/** What core calls the beats of a class that are unlike any other: its letter, and this word. */
const ALONE = ' alone';

/** Name of a form of beats in the reader's language: `V a`, and `V alone` in the page's words. */
export function sayFamily(name: string): string {
  return name.endsWith(ALONE) ? `${name.slice(0, -ALONE.length)} ${say('beats.alone')}` : name;
}
