import { expect, it } from 'vitest';
import { accelerator } from './accelerators';

it('are followed where a key cannot be typed, and only shown where it can', () => {
  expect(accelerator('Ctrl P', 'linux')).toEqual({ accelerator: 'CmdOrCtrl+P' });
  expect(accelerator('Ctrl Shift K', 'darwin')).toEqual({ accelerator: 'CmdOrCtrl+Shift+K' });
  expect(accelerator('F9', 'darwin')).toEqual({ accelerator: 'F9' });
  const shown = { accelerator: 'Shift+N', registerAccelerator: false };
  expect(accelerator('Shift N', 'win32')).toEqual(shown);
  expect(accelerator('+', 'linux')).toMatchObject({ accelerator: 'Plus' });
  expect([accelerator('Shift N', 'darwin'), accelerator('', 'linux')]).toEqual([{}, {}]);
});
