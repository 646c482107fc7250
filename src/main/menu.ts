import { Menu, type MenuItemConstructorOptions } from 'electron';
import { basename, dirname } from 'node:path';
import type { HostCommand } from '../shared/transport/bridge';
import type { Words } from '../shared/words';
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
  /** In which it is written. */
  readonly words: Words;
}

/**
 * Puts the application's menu up. Called again whenever the recent list or the language changes.
 *
 * An accelerator fires whenever the page did not take the key, also inside a text field and over a dialog: nothing
 * here has one that would do harm there, and the page looks where its focus is before it follows a command.
 */
export function showMenu(actions: MenuActions): void {
  const { say } = actions.words;
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
    { label: say('menu.clear'), enabled: actions.recent.length > 0, click: actions.clearRecent },
  ];
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [appMenu(say)] : []),
    {
      label: say('menu.file'),
      submenu: [
        {
          label: say('menu.openRecord'),
          accelerator: 'CmdOrCtrl+O',
          click: () => actions.open('record'),
        },
        {
          label: say('menu.openFolder'),
          accelerator: 'CmdOrCtrl+Shift+O',
          click: () => actions.open('folder'),
        },
        { label: say('menu.openRecent'), submenu: recent },
        separator,
        command(say('menu.report'), 'export-report', 'CmdOrCtrl+P'),
        separator,
        isMac
          ? { role: 'close', label: say('menu.close') }
          : { role: 'quit', label: say('menu.quit') },
      ],
    },
    {
      label: say('menu.edit'),
      submenu: [
        command(say('menu.undo'), 'undo', 'CmdOrCtrl+Z'),
        command(say('menu.redo'), 'redo', 'CmdOrCtrl+Shift+Z'),
        separator,
        { role: 'cut', label: say('menu.cut') },
        { role: 'copy', label: say('menu.copy') },
        { role: 'paste', label: say('menu.paste') },
        { role: 'selectAll', label: say('menu.selectAll') },
      ],
    },
    {
      label: say('menu.view'),
      submenu: [
        command(say('menu.nextFlagged'), 'next-flagged'),
        command(say('menu.previousFlagged'), 'previous-flagged'),
        separator,
        // Not the roles of that name: the page has to know, to keep its millimetres true.
        { label: say('menu.larger'), accelerator: 'CmdOrCtrl+Plus', click: actions.zoom.larger },
        // Where + wants Shift, the key is pressed without.
        {
          label: say('menu.larger'),
          accelerator: 'CmdOrCtrl+=',
          visible: false,
          click: actions.zoom.larger,
        },
        { label: say('menu.smaller'), accelerator: 'CmdOrCtrl+-', click: actions.zoom.smaller },
        {
          label: say('menu.actualSize'),
          accelerator: 'CmdOrCtrl+0',
          click: actions.zoom.actualSize,
        },
        separator,
        { role: 'togglefullscreen', label: say('menu.fullScreen') },
        // Without a key: it would take a note that is being written.
        { label: say('menu.reload'), click: actions.reload },
        ...(actions.development ? [{ role: 'toggleDevTools' as const }] : []),
      ],
    },
    {
      label: say('menu.help'),
      role: 'help',
      submenu: [command(say('menu.keys'), 'show-keys'), command(say('menu.about'), 'show-about')],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** macOS has a menu for the application itself, whose roles would name themselves in English. */
function appMenu(say: Words['say']): MenuItemConstructorOptions {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about', label: say('menu.about').replace('&', '') },
      separator,
      { role: 'services', label: say('menu.services') },
      separator,
      { role: 'hide', label: say('menu.hide') },
      { role: 'hideOthers', label: say('menu.hideOthers') },
      { role: 'unhide', label: say('menu.showAll') },
      separator,
      { role: 'quit', label: say('menu.quit') },
    ],
  };
}
