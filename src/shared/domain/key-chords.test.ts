import { expect, it } from 'vitest';
import { CHORD_TEXT, chordOf, chordText, type KeyPress } from './key-chords';

const press = (key: string, modifiers: Partial<KeyPress> = {}) =>
  chordText({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...modifiers,
  });

it('are written and read again', () => {
  const pressed = [
    press('n'),
    press('N', { shiftKey: true }),
    press('k', { metaKey: true }),
    press('P', { ctrlKey: true, shiftKey: true }),
    press('?', { shiftKey: true }),
    press('ArrowLeft', { shiftKey: true }),
    press(' '),
    press('PageDown'),
    press('+'),
    press('Ñ'),
  ];
  expect(pressed).toEqual([
    'N',
    'Shift N',
    'Ctrl K',
    'Ctrl Shift P',
    '?',
    'Shift ←',
    'Space',
    'PageDown',
    '+',
    'Ñ',
  ]);
  for (const text of pressed) expect(text).toMatch(CHORD_TEXT);
  expect(chordOf('Ctrl Shift P')).toEqual({ key: 'p', ctrl: true, shift: true });
  expect(chordOf('Shift ←')).toEqual({ key: 'ArrowLeft', ctrl: false, shift: true });
  expect(chordOf('Space')).toEqual({ key: ' ', ctrl: false, shift: false });
});

it('are none where a key belongs to the system, to text or to a dialog', () => {
  const none = ['Shift', 'Tab', 'Escape', 'F6', 'Dead'].map((key) => press(key));
  none.push(
    press('c', { ctrlKey: true }),
    press('w', { metaKey: true }),
    press('n', { altKey: true }),
  );
  expect(none).toEqual(none.map(() => null));
});
