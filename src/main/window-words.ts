import type { App } from 'electron';
import { languageOf, wordsIn, type LanguageChoice, type Words } from '../shared/words';

/** What the window's process says itself, in the reader's language. */
export interface WindowWords {
  /** As of now: asked for whenever something is said. */
  (): Words;
  /** @returns whether another language is spoken from here on */
  choose(choice: LanguageChoice): boolean;
}

/** The system's language until the page has told which one the settings hold. */
export function createWindowWords(app: Pick<App, 'getLocale'>): WindowWords {
  let choice: LanguageChoice = 'system';
  const now = (): Words => wordsIn(languageOf(choice, app.getLocale()));
  return Object.assign(now, {
    choose(chosen: LanguageChoice): boolean {
      const before = now();
      choice = chosen;
      return now() !== before;
    },
  });
}
