import { onBeforeUnmount, onMounted } from 'vue';
import type { WordKey } from '../../shared/words';
import { say } from '../words';

export interface KeyBinding {
  /** `KeyboardEvent.key` values; letters in lower case. */
  readonly keys: readonly string[];
  /** Needs Ctrl (Command on a Mac); without it the binding wants no modifier but Shift. */
  readonly ctrl?: boolean;
  readonly shift?: boolean;
  /** How the help writes it; empty for a second way to do the same. */
  readonly shown: string;
  readonly does: string;
  /** The words of it, which also name the command in the settings. */
  readonly word: KeyWord;
  readonly group: 'Move' | 'Decide' | 'Marks' | 'Beats' | 'Show' | 'Window';
  /** Gets the key that was pressed, for bindings of several keys. */
  readonly run: (key: string) => void;
  /** Also listed in the menu. */
  readonly menu?: boolean;
  /** Goes on while the key is held, as what moves or scales does: an act is one press. */
  readonly held?: boolean;
  /** For something that is on or off: whether it is on. */
  readonly on?: () => boolean;
}

/** Words of what a key does. */
export type KeyWord = Extract<WordKey, `keys.${string}` | `marks.key${string}`>;

/** A binding that says what it does in the reader's language, whenever it is read. */
export function withWords(binding: Omit<KeyBinding, 'does' | 'word'>, word: KeyWord): KeyBinding {
  return {
    ...binding,
    word,
    get does() {
      return say(word);
    },
  };
}

/** True where a key belongs to the field that has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.tagName === 'TEXTAREA' ||
      target.tagName === 'SELECT' ||
      (target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox'))
  );
}

/** Enter that is held presses a button again and again: whatever the button does, it does once. */
function pressesAgain({ key, repeat, target }: KeyboardEvent): boolean {
  return repeat && key === 'Enter' && target instanceof HTMLButtonElement;
}

/** Arrows move the choice inside a radio group; the window leaves them alone there. */
function ownsArrows(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'radio';
}

/** Finds the binding of a key press, or undefined. */
export function bindingFor(
  bindings: readonly KeyBinding[],
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): KeyBinding | undefined {
  if (event.altKey) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const ctrl = event.ctrlKey || event.metaKey;
  const matches = bindings.filter((b) => b.keys.includes(key) && (b.ctrl ?? false) === ctrl);
  return (
    matches.find((b) => (b.shift ?? false) === event.shiftKey) ??
    // Signs such as ? and + need Shift on some keyboards and not on others.
    matches.find((b) => b.shift === undefined && !/^[a-z]$/.test(key) && key.length === 1)
  );
}

/** Runs bindings while no dialog is open and no field is being typed in. */
export function useKeys(bindings: () => readonly KeyBinding[]): void {
  function onKey(event: KeyboardEvent): void {
    if (pressesAgain(event)) return event.preventDefault();
    if (event.defaultPrevented || isTyping(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    if (event.key.startsWith('Arrow') && ownsArrows(event.target)) return;
    const binding = bindingFor(bindings(), event);
    if (!binding) return;
    event.preventDefault();
    // What a held key says of the next event, its reader has not looked at.
    if (event.repeat && !binding.held) return;
    binding.run(event.key);
  }
  onMounted(() => window.addEventListener('keydown', onKey));
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey));
}
