import { Menu, type MenuItemConstructorOptions } from 'electron';
import { basename, dirname } from 'node:path';
import { MENU_KEYS } from '../shared/domain/key-chords';
import type { HostCommand } from '../shared/transport/bridge';
import type { Words } from '../shared/words';
import { accelerator } from './accelerators';
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
  /** That the reader chose, by the name of their command. */
  readonly keys: Readonly<Record<string, string>>;
}

/**
 * Puts the application's menu up. Called again whenever the recent list or the language changes.
 *
 * An accelerator fires whenever the page did not take the key, also inside a text field and over a dialog: nothing
 * here has one that would do harm there, and the page looks where its focus is before it follows a command.
 */
export function showMenu(actions: MenuActions): void {
  const { say } = actions.words;
  const keyOf = (name: keyof typeof MENU_KEYS) =>
    accelerator(actions.keys[name] ?? MENU_KEYS[name], process.platform);
  const command = (
    label: string,
    name: HostCommand,
    key: ReturnType<typeof accelerator> = {},
  ): MenuItemConstructorOptions => ({
    label,
    ...key,
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
          ...keyOf('openRecord'),
          click: () => actions.open('record'),
        },
        {
          label: say('menu.openFolder'),
          accelerator: 'CmdOrCtrl+Shift+O',
          click: () => actions.open('folder'),
        },
        { label: say('menu.openRecent'), submenu: recent },
        separator,
        command(say('menu.report'), 'export-report', keyOf('report')),
        separator,
        isMac
          ? { role: 'close', label: say('menu.close') }
          : { role: 'quit', label: say('menu.quit') },
      ],
    },
    {
      label: say('menu.edit'),
      submenu: [
        command(say('menu.undo'), 'undo', { accelerator: 'CmdOrCtrl+Z' }),
        command(say('menu.redo'), 'redo', { accelerator: 'CmdOrCtrl+Shift+Z' }),
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
        command(say('menu.nextFlagged'), 'next-flagged', keyOf('nextEventInSegmentsNext')),
        command(
          say('menu.previousFlagged'),
          'previous-flagged',
          keyOf('previousEventOrFlaggedSegment'),
        ),
        separator,
        ...zoomItems(actions),
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
      submenu: [
        command(say('menu.keys'), 'show-keys', keyOf('thisList')),
        command(say('menu.about'), 'show-about'),
      ],
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

/** Not the roles of that name: the page has to know, to keep its millimetres true. */
function zoomItems({ words: { say }, zoom }: MenuActions): MenuItemConstructorOptions[] {
  const larger = { label: say('menu.larger'), click: zoom.larger };
  return [
    { ...larger, accelerator: 'CmdOrCtrl+Plus' },
    // Where + wants Shift, the key is pressed without.
    { ...larger, accelerator: 'CmdOrCtrl+=', visible: false },
    { label: say('menu.smaller'), accelerator: 'CmdOrCtrl+-', click: zoom.smaller },
    { label: say('menu.actualSize'), accelerator: 'CmdOrCtrl+0', click: zoom.actualSize },
  ];
}
