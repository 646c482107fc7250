import type { MenuItemConstructorOptions } from 'electron';
import { chordOf } from '../shared/domain/key-chords';

/** What Electron calls keys that the browser names otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  '+': 'Plus',
  Enter: 'Return',
  ArrowRight: 'Right',
  ArrowLeft: 'Left',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
};

/**
 * A key of the page beside an item of the menu. One that could be typed is shown and does nothing there: the page alone
 * knows whether a text field has the focus. macOS cannot show such a key without following it.
 * @param text as in `Ctrl P` and `Shift N`; empty for none
 */
export function accelerator(
  text: string,
  platform: NodeJS.Platform,
): Pick<MenuItemConstructorOptions, 'accelerator' | 'registerAccelerator'> {
  if (text === '') return {};
  const { key, ctrl, shift } = chordOf(text);
  const isTyped = !ctrl && !/^F\d{1,2}$/.test(key);
  if (isTyped && platform === 'darwin') return {};
  const name = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return {
    accelerator: [ctrl && 'CmdOrCtrl', shift && 'Shift', name].filter(Boolean).join('+'),
    ...(isTyped ? { registerAccelerator: false } : {}),
  };
}
