import { app, dialog, type BrowserWindow, type FileFilter } from 'electron';
import { basename, extname, join } from 'node:path';
import { copyWhole, type Host } from '../core/host';
import type { DocumentRef } from '../shared/contract';
import { ok, type Result } from '../shared/domain';
import type { Words } from '../shared/words';
import { en } from '../shared/words/en';

type FormatId = keyof typeof en.formats;

/** Asks for recordings or a folder. @returns their paths, none when the person cancels */
export async function askForPaths(
  window: BrowserWindow,
  host: Host,
  kind: 'record' | 'folder',
  words: Words,
): Promise<string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(
    window,
    kind === 'folder'
      ? { title: words.say('window.openFolder'), properties: ['openDirectory'] }
      : {
          title: words.say('window.openRecord'),
          properties: ['openFile', 'multiSelections'],
          filters: await filters(host, words),
        },
  );
  return canceled ? [] : filePaths;
}

/** All formats at once, then each; an ending is never needed, so all files are there as well. */
async function filters({ client }: Host, { say }: Words): Promise<FileFilter[]> {
  const all = { name: say('window.allFiles'), extensions: ['*'] };
  const list = await client.call('formats.list', {});
  if (!list.ok) return [all];
  const { formats } = list.value;
  const endings = [...new Set(formats.flatMap(({ extensions }) => extensions))];
  return [
    { name: say('window.recordings'), extensions: endings },
    ...formats.map(({ id, title, extensions }) => ({
      name: isKnown(id) ? say(`formats.${id}`) : title,
      extensions,
    })),
    all,
  ];
}

const isKnown = (id: string): id is FormatId => Object.hasOwn(en.formats, id);

/** Asks where to keep a document and copies it there, whole or not at all. */
export async function saveDocument(
  window: BrowserWindow,
  host: Host,
  { documentId, suggestedName }: DocumentRef,
): Promise<Result<{ saved: boolean }>> {
  const document = await host.document(documentId);
  if (!document.ok) return document;
  const extension = extname(document.value.suggestedName).slice(1);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    // Only the name may come from the page, and none of its path.
    defaultPath: join(app.getPath('documents'), basename(suggestedName)),
    ...(extension ? { filters: [{ name: extension.toUpperCase(), extensions: [extension] }] } : {}),
  });
  if (canceled || !filePath) return ok({ saved: false });
  const copied = await copyWhole(document.value.path, filePath);
  return copied.ok ? ok({ saved: true }) : copied;
}
