import { computed, shallowRef } from 'vue';
import { languageOf, wordsIn, type LanguageChoice, type Words } from '../../shared/words';

const choice = shallowRef<LanguageChoice>('system');
/** There is no navigator where the stores are tested. */
const system = (): string => (typeof navigator === 'undefined' ? 'en' : navigator.language);
const words = computed(() => wordsIn(languageOf(choice.value, system())));

/** What the page speaks from here on; everything that was said is said anew. */
export function speak(chosen: LanguageChoice): void {
  choice.value = chosen;
  document.documentElement.lang = words.value.language;
}

/** The words of the page, for what is said by functions that core shares; followed where it is read. */
export function pageWords(): Words {
  return words.value;
}

/** Says the text of a key on the page, in the reader's language. */
export const say: Words['say'] = (key, ...values) => words.value.say(key, ...values);

/** A number on the page, with the decimal mark of the reader's language. */
export const sayNumber: Words['number'] = (value, digits) => words.value.number(value, digits);

/** A text with numbers on the page, likewise. */
export const sayMarked: Words['marked'] = (text) => words.value.marked(text);
