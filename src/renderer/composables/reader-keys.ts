import { CHORD_TEXT, chordOf } from '../../shared/domain/key-chords';
import { withWords, type KeyBinding, type KeyWord } from './useKeys';

/** Keys that a reader chose, by the name of their command. */
export type ChosenKeys = Readonly<Record<string, string>>;

/** Name of a command in the settings, from the words of what it does: `undo`, `markLater`. */
export function commandName(word: KeyWord): string {
  const [area, name = ''] = word.split('.') as [string, string];
  return area === 'marks' ? name.replace(/^key/, 'mark') : name.replace(/^does_/, '');
}

/** The binding of each command that help shows, from all lists: a command may have further ways. */
export function shownBindings(all: readonly KeyBinding[]): ReadonlyMap<string, KeyBinding> {
  const shown = new Map<string, KeyBinding>();
  for (const binding of all) {
    const name = commandName(binding.word);
    const known = shown.get(name);
    if (!known || (known.shown === '' && binding.shown !== '')) shown.set(name, binding);
  }
  return shown;
}

/** Whether a reader may choose the key of a command: not where it stands for several, or for the way out. */
export function canChoose({ keys, shown, menu }: KeyBinding): boolean {
  if (shown === '') return menu === true;
  return keys.length > 0 && CHORD_TEXT.test(shown) && shown !== 'Esc';
}

/** A binding under another key; second ways stay without a word in the help. */
function under(binding: KeyBinding, text: string): KeyBinding {
  const { key, ctrl, shift } = chordOf(text);
  const { run, group, menu, on, word } = binding;
  return withWords(
    {
      keys: [key],
      shown: binding.shown === '' && !menu ? '' : text,
      run,
      group,
      ...(ctrl ? { ctrl } : {}),
      ...(shift ? { shift } : {}),
      ...(menu ? { menu } : {}),
      ...(on ? { on } : {}),
    },
    word,
  );
}

/**
 * Bindings under the keys that a reader chose; second ways of other commands make room for them. A command that another
 * list has under the same key goes along with it.
 */
export function withChosenKeys(
  list: readonly KeyBinding[],
  shown: ReadonlyMap<string, KeyBinding>,
  chosen: ChosenKeys,
): readonly KeyBinding[] {
  if (Object.keys(chosen).length === 0) return list;
  const moved = new Set<KeyBinding>();
  const now = list.map((binding) => {
    const name = commandName(binding.word);
    const text = chosen[name];
    const own = shown.get(name);
    if (text === undefined || !own || !canChoose(own) || !isSameKey(binding, own)) return binding;
    const chosenOne = under(binding, text);
    moved.add(chosenOne);
    return chosenOne;
  });
  const isTaken = (binding: KeyBinding): boolean =>
    [...moved].some((one) => one.keys.some((key) => hasKey(binding, { ...one, key })));
  return now.filter((one) => moved.has(one) || one.shown !== '' || !isTaken(one));
}

const hasKey = (
  one: KeyBinding,
  { key, ctrl = false, shift = false }: { key: string; ctrl?: boolean; shift?: boolean },
): boolean =>
  one.keys.includes(key) && (one.ctrl ?? false) === ctrl && (one.shift ?? false) === shift;

const isSameKey = (a: KeyBinding, b: KeyBinding): boolean =>
  a.keys.join() === b.keys.join() &&
  (a.ctrl ?? false) === (b.ctrl ?? false) &&
  (a.shift ?? false) === (b.shift ?? false);

/** Where a key may mean one thing only: the page, the Beats tab, a mark in hand. */
const scopeOf = ({ group }: KeyBinding): string =>
  group === 'Beats' || group === 'Marks' ? group : 'page';

/**
 * The command that has a key already where another is to get it.
 * @param all as they hold now, under the keys that the reader chose
 */
export function holderOf(
  all: readonly KeyBinding[],
  wanted: KeyBinding,
  text: string,
): KeyBinding | undefined {
  const chord = chordOf(text);
  return all.find(
    (one) =>
      one.word !== wanted.word &&
      one.shown !== '' &&
      scopeOf(one) === scopeOf(wanted) &&
      hasKey(one, chord),
  );
}
