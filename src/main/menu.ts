import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { basename, dirname } from 'node:path';
import type { HostCommand } from '../shared/transport/bridge';

export interface MenuActions {
  readonly open: (kind: 'record' | 'folder') => void;
  readonly openPath: (path: string) => void;
  readonly recent: readonly string[];
  readonly clearRecent: () => void;
  readonly command: (command: HostCommand) => void;
  readonly development: boolean;
}

/** Puts the application's menu up. Called again whenever the recent list changes. */
export function showMenu(actions: MenuActions): void {
  const command = (
    label: string,
    name: HostCommand,
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    label,
    ...(accelerator ? { accelerator } : {}),
    click: () => actions.command(name),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const isMac = process.platform === 'darwin';

  const recent: MenuItemConstructorOptions[] = [
    ...actions.recent.map((path) => ({
      label: `${basename(path)} — ${dirname(path)}`,
      click: () => actions.openPath(path),
    })),
    separator,
    { label: 'Clear', enabled: actions.recent.length > 0, click: actions.clearRecent },
  ];
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        {
          label: '&Open record…',
          accelerator: 'CmdOrCtrl+O',
          click: () => actions.open('record'),
        },
        {
          label: 'Open &folder…',
          accelerator: 'CmdOrCtrl+Shift+O',
          click: () => actions.open('folder'),
        },
        { label: 'Open &recent', submenu: recent },
        separator,
        command('&Report…', 'export-report', 'CmdOrCtrl+P'),
        separator,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        command('&Undo decision', 'undo', 'CmdOrCtrl+Z'),
        command('&Redo decision', 'redo', 'CmdOrCtrl+Shift+Z'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        command('&Next flagged segment', 'next-flagged'),
        command('&Previous flagged segment', 'previous-flagged'),
        separator,
        // No zoom of the page: it would make the calibrated millimetres untrue.
        { role: 'togglefullscreen' },
        ...(actions.development
          ? [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }]
          : []),
      ],
    },
    {
      label: '&Help',
      role: 'help',
      submenu: [command('&Keys', 'show-keys'), command(`&About ${app.name}`, 'show-about')],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
