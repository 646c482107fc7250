import type { Translation } from '../catalogue';

/** Nombres impresos en las teclas. */
export const keyNames: Translation['keyNames'] = {
  Ctrl: 'Ctrl',
  Shift: 'Mayús',
  Alt: 'Alt',
  Enter: 'Intro',
  Esc: 'Esc',
  Tab: 'Tab',
  Space: 'Espacio',
  Delete: 'Supr',
  Insert: 'Insert',
  Home: 'Inicio',
  End: 'Fin',
  PageUp: 'RePág',
  PageDown: 'AvPág',
};
