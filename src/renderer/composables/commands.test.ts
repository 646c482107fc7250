import { expect, it, vi } from 'vitest';
import { commandsOf, fitting } from './commands';
import { speak } from '../words';
import type { KeyBinding } from './useKeys';

const binding = (does: string, over: Partial<KeyBinding> = {}): KeyBinding => ({
  keys: ['x'],
  shown: 'X',
  does,
  word: 'keys.does_undo',
  group: 'Window',
  run: () => undefined,
  ...over,
});

it('offers each act once, and none that needs to know its key', () => {
  const commands = commandsOf([
    binding('undo', { shown: 'Z' }),
    binding('undo', { shown: '' }),
    binding('open a folder', { keys: [], shown: '', menu: true }),
    binding('class', { keys: ['1', '2'], shown: '1 – 2' }),
    binding('of handles', { keys: [], shown: 'Tab' }),
  ]);
  expect(commands.map(({ does }) => does)).toEqual(['undo', 'open a folder']);
});

it('finds commands by parts of their words, without accents, and by their key', () => {
  const commands = [
    binding('parar el análisis'),
    binding('abrir una carpeta', { shown: 'Ctrl O' }),
  ];
  const model = [binding('cabezal del modelo'), binding('modelo')];
  expect(fitting(model, 'modelo').map(({ does }) => does)).toEqual(['modelo', model[0]!.does]);
  expect(fitting(commands, 'ANALISIS parar')).toEqual([commands[0]]);
  expect(fitting(commands, 'ctrl o')).toEqual([commands[1]]);
  vi.stubGlobal('document', { documentElement: {} });
  speak('es');
  expect(fitting([binding('x', { shown: 'Shift PageUp' })], 'mayus repag')).toHaveLength(1);
  speak('en');
  expect(fitting(commands, '')).toEqual(commands);
  expect(fitting(commands, 'no such')).toEqual([]);
});
