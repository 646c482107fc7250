import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import type { Words } from '../shared/words';

/** The system's usual menu where text can be written or is selected; none elsewhere. */
export function showContextMenus(window: BrowserWindow, words: () => Words): void {
  window.webContents.on(
    'context-menu',
    (_event, { isEditable, editFlags, selectionText, frame }) => {
      const { say } = words();
      // Labels of this menu open by no letter.
      const undo = say('menu.undo').replace('&', '');
      const redo = say('menu.redo').replace('&', '');
      const copy: MenuItemConstructorOptions = { role: 'copy', label: say('menu.copy') };
      const template: MenuItemConstructorOptions[] = isEditable
        ? [
            { role: 'undo', label: undo, enabled: editFlags.canUndo },
            { role: 'redo', label: redo, enabled: editFlags.canRedo },
            { type: 'separator' },
            { role: 'cut', label: say('menu.cut'), enabled: editFlags.canCut },
            { ...copy, enabled: editFlags.canCopy },
            { role: 'paste', label: say('menu.paste'), enabled: editFlags.canPaste },
            { type: 'separator' },
            { role: 'selectAll', label: say('menu.selectAll'), enabled: editFlags.canSelectAll },
          ]
        : selectionText.trim() === ''
          ? []
          : [copy];
      if (template.length === 0) return;
      Menu.buildFromTemplate(template).popup({ window, ...(frame ? { frame } : {}) });
    },
  );
}
