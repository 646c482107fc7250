import type { KeyBinding } from './useKeys';
import { sayKeys } from '../words/key-names';

/** What can be done without saying which key was pressed, each once: keys of several meanings are left out. */
export function commandsOf(bindings: readonly KeyBinding[]): KeyBinding[] {
  const byWords = new Map<string, KeyBinding>();
  for (const binding of bindings) {
    const isOneAct = binding.menu === true || (binding.shown !== '' && binding.keys.length > 0);
    const needsKey = binding.keys.some((key) => /^\d$/.test(key));
    if (isOneAct && !needsKey && !byWords.has(binding.does)) byWords.set(binding.does, binding);
  }
  return [...byWords.values()];
}

/** Small letters without accents, so that `analisis` finds `análisis`. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Commands whose words hold every part of the text, or whose key it is; those that begin with it first. */
export function fitting(commands: readonly KeyBinding[], text: string): KeyBinding[] {
  const typed = plain(text).trim();
  const parts = typed.split(/\s+/).filter(Boolean);
  const found = commands.filter(({ does, shown }) => {
    const words = plain(does);
    return (
      parts.every((part) => words.includes(part)) ||
      [shown, sayKeys(shown)].some((key) => plain(key) === typed)
    );
  });
  return found.sort((a, b) => Number(begins(b, typed)) - Number(begins(a, typed)));
}

const begins = ({ does }: KeyBinding, typed: string): boolean => plain(does).startsWith(typed);
