import { expect, it } from 'vitest';
import { canChoose, holderOf, shownBindings, withChosenKeys } from './reader-keys';
import { bindingFor, withWords, type KeyBinding, type KeyWord } from './useKeys';

const bind = (word: KeyWord, keys: string[], shown: string, over: Partial<KeyBinding> = {}) =>
  withWords({ keys, shown, group: 'Decide', run: () => undefined, ...over }, word);
const undo = bind('keys.does_undo', ['z'], 'Z');
const redo = bind('keys.does_redo', ['y'], 'Y');
const ctrlUndo = bind('keys.does_undo', ['z'], '', { ctrl: true });
const shiftRedo = bind('keys.does_redo', ['z'], '', { shift: true });
const undoForm = bind('keys.does_undo', ['z'], '', { group: 'Beats' });
const split = bind('keys.does_splitWhatWasTakenOut', ['x'], 'X', { group: 'Beats' });
const about = bind('keys.does_about', [], '', { menu: true });
const classes = bind('keys.does_beatInHandNS', ['1', '2'], '1 – 5');
const page = [undo, redo, ctrlUndo, shiftRedo, about, classes];
const beats = [undoForm, split];
const shown = shownBindings([...page, ...beats]);
const press = (list: readonly KeyBinding[], key: string, modifiers: Partial<KeyboardEvent> = {}) =>
  bindingFor(list, {
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...modifiers,
  })?.word;

it('take a command to another key, in every list that has it there, and leave its other ways', () => {
  const chosen = { undo: 'Backspace', about: 'F9' };
  const now = withChosenKeys(page, shown, chosen);
  expect(press(now, 'Backspace')).toBe('keys.does_undo');
  expect(press(now, 'z')).toBeUndefined();
  expect(press(now, 'z', { ctrlKey: true })).toBe('keys.does_undo');
  expect(press(now, 'F9')).toBe('keys.does_about');
  expect(press(withChosenKeys(beats, shown, chosen), 'Backspace')).toBe('keys.does_undo');
  expect(now.filter((one) => one.shown !== '').map((one) => one.shown)).toEqual(
    expect.arrayContaining(['Backspace', 'F9', 'Y']),
  );
});

it('take the place of the second way of another command', () => {
  const now = withChosenKeys(page, shown, { about: 'Shift Z' });
  expect(press(now, 'Z', { shiftKey: true })).toBe('keys.does_about');
});

it('cannot be chosen where a key stands for several commands, or for one of another version', () => {
  expect([undo, about, classes, split].map(canChoose)).toEqual([true, true, false, true]);
  const now = withChosenKeys(page, shown, { beatInHandNS: 'K', ofALaterVersion: 'L' });
  expect(press(now, '1')).toBe('keys.does_beatInHandNS');
  expect([press(now, 'k'), press(now, 'l')]).toEqual([undefined, undefined]);
});

it('are held by one command only, each where it holds', () => {
  expect(holderOf(page, undo, 'Y')).toBe(redo);
  expect(holderOf(page, undo, '2')).toBe(classes);
  expect(holderOf([...page, ...beats], undo, 'X')).toBeUndefined();
  expect(holderOf([...page, ...beats], undo, 'Z')).toBeUndefined();
  expect(holderOf(withChosenKeys(page, shown, { redo: 'R' }), undo, 'Y')).toBeUndefined();
});
