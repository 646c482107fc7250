import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import {
  canChoose,
  commandName,
  holderOf,
  shownBindings,
  withChosenKeys,
} from '../composables/reader-keys';
import type { KeyBinding, KeyWord } from '../composables/useKeys';
import { useSettings } from './settings';

/** Further ways of a command, and keys that the page merely swallows, are none. */
const isCommand = ({ shown, menu }: KeyBinding): boolean => shown !== '' || menu === true;

/** The keys of all commands as this reader has them: what keys do, and what help, menus and hints show of them. */
export const useReaderKeys = defineStore('reader-keys', () => {
  const settings = useSettings();
  const ours = shallowRef<readonly KeyBinding[]>([]);
  const shown = computed(() => shownBindings(ours.value));
  /** Every command under the reader's keys. */
  const all = computed(() => chosenIn(ours.value));
  /** Each command once, as help shows it, with those that have no key yet. */
  const commands = computed(() => [...shownBindings(all.value).values()].filter(isCommand));
  const isChanged = computed(() => Object.keys(settings.values.keys).length > 0);

  /** @param bindings of every list, under the keys that Fiducial gives them */
  function know(bindings: readonly KeyBinding[]): void {
    ours.value = bindings;
  }

  /** A list of commands under the reader's keys. */
  function chosenIn(list: readonly KeyBinding[]): readonly KeyBinding[] {
    return withChosenKeys(list, shown.value, settings.values.keys);
  }

  /** The key of a command as help writes it; empty for one without. */
  function keyOf(word: KeyWord): string {
    const own = shown.value.get(commandName(word));
    if (!own) return '';
    return (canChoose(own) ? settings.values.keys[commandName(word)] : undefined) ?? own.shown;
  }

  /** The same as `aria-keyshortcuts` wants it. */
  const shortcutOf = (word: KeyWord): string | undefined =>
    keyOf(word).replace('Ctrl', 'Control').replaceAll(' ', '+') || undefined;

  /** Who has a key already where a command is to get it. */
  const holder = (wanted: KeyBinding, text: string): KeyBinding | undefined =>
    holderOf(all.value, wanted, text);

  /** Gives commands their keys; those that Fiducial gives them anyway are not kept. */
  function choose(keys: readonly (readonly [KeyWord, string])[]): void {
    const next = { ...settings.values.keys };
    for (const [word, text] of keys) {
      const name = commandName(word);
      if (text === '' || text === (shown.value.get(name)?.shown ?? '')) delete next[name];
      else next[name] = text;
    }
    settings.set({ keys: next });
  }

  /** The key that Fiducial gives a command. */
  const ownKeyOf = (word: KeyWord): string => shown.value.get(commandName(word))?.shown ?? '';

  function reset(): void {
    settings.set({ keys: {} });
  }

  return {
    all,
    commands,
    isChanged,
    reset,
    know,
    chosenIn,
    keyOf,
    shortcutOf,
    ownKeyOf,
    holder,
    choose,
  };
});
