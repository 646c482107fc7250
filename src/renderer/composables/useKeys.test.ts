import { expect, it } from 'vitest';
import { bindingFor, type KeyBinding } from './useKeys';

const binding = (keys: string[], extra: Partial<KeyBinding> = {}): KeyBinding => ({
  keys,
  shown: keys.join(),
  does: '',
  word: 'keys.does_undo',
  group: 'Move',
  run: () => undefined,
  ...extra,
});
const press = (key: string, mods: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...mods,
});

const undo = binding(['z']);
const redo = binding(['z'], { shift: true });
const ctrlUndo = binding(['z'], { ctrl: true });
const help = binding(['?']);
const all = [undo, redo, ctrlUndo, help];

it('tells modifiers apart', () => {
  expect(bindingFor(all, press('z'))).toBe(undo);
  expect(bindingFor(all, press('Z', { shiftKey: true }))).toBe(redo);
  expect(bindingFor(all, press('z', { ctrlKey: true }))).toBe(ctrlUndo);
  expect(bindingFor(all, press('z', { metaKey: true }))).toBe(ctrlUndo);
  expect(bindingFor(all, press('z', { altKey: true }))).toBeUndefined();
});

it('finds a sign whether or not the keyboard needs Shift for it', () => {
  expect(bindingFor(all, press('?', { shiftKey: true }))).toBe(help);
  expect(bindingFor(all, press('?'))).toBe(help);
});

it('a letter with Shift is not the letter alone', () => {
  expect(bindingFor([binding(['a'])], press('A', { shiftKey: true }))).toBeUndefined();
});
