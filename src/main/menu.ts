import { Menu, type MenuItemConstructorOptions } from 'electron';
import { basename, dirname } from 'node:path';
import type { HostCommand } from '../shared/transport/bridge';
import type { Zoom } from './zoom';

export interface MenuActions {
  readonly open: (kind: 'record' | 'folder') => void;
  readonly openPath: (path: string) => void;
  readonly recent: readonly string[];
  readonly clearRecent: () => void;
  readonly command: (command: HostCommand) => void;
  /** Loads the viewer anew. */
  readonly reload: () => void;
  readonly zoom: Pick<Zoom, 'larger' | 'smaller' | 'actualSize'>;
  readonly development: boolean;
}

/**
 * Puts the application's menu up. Called again whenever the recent list changes.
 *
 * An accelerator fires whenever the page did not take the key, also inside a text field and over a dialog: nothing
 * here has one that would do harm there, and the page looks where its focus is before it follows a command.
 */
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
      // In a label & stands before the letter that opens it; && is the sign itself.
      label: `${basename(path)} — ${dirname(path)}`.replaceAll('&', '&&'),
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
        command('&Undo', 'undo', 'CmdOrCtrl+Z'),
        command('&Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
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
        // Not the roles of that name: the page has to know, to keep its millimetres true.
        { label: '&Larger', accelerator: 'CmdOrCtrl+Plus', click: actions.zoom.larger },
        // Where + wants Shift, the key is pressed without.
        { label: 'Larger', accelerator: 'CmdOrCtrl+=', visible: false, click: actions.zoom.larger },
        { label: '&Smaller', accelerator: 'CmdOrCtrl+-', click: actions.zoom.smaller },
        { label: '&Actual size', accelerator: 'CmdOrCtrl+0', click: actions.zoom.actualSize },
        separator,
        { role: 'togglefullscreen' },
        // Without a key: it would take a note that is being written.
        { label: '&Reload', click: actions.reload },
        ...(actions.development ? [{ role: 'toggleDevTools' as const }] : []),
      ],
    },
    {
      label: '&Help',
      role: 'help',
      submenu: [command('&Keys', 'show-keys'), command('&About Fiducial', 'show-about')],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
