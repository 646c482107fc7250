import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';

/** The system's usual menu where text can be written or is selected; none elsewhere. */
export function showContextMenus(window: BrowserWindow): void {
  window.webContents.on(
    'context-menu',
    (_event, { isEditable, editFlags, selectionText, frame }) => {
      const template: MenuItemConstructorOptions[] = isEditable
        ? [
            { role: 'undo', enabled: editFlags.canUndo },
            { role: 'redo', enabled: editFlags.canRedo },
            { type: 'separator' },
            { role: 'cut', enabled: editFlags.canCut },
            { role: 'copy', enabled: editFlags.canCopy },
            { role: 'paste', enabled: editFlags.canPaste },
            { type: 'separator' },
            { role: 'selectAll', enabled: editFlags.canSelectAll },
          ]
        : selectionText.trim() === ''
          ? []
          : [{ role: 'copy' }];
      if (template.length === 0) return;
      Menu.buildFromTemplate(template).popup({ window, ...(frame ? { frame } : {}) });
    },
  );
}
