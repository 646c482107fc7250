import { app, type WebContents } from 'electron';
import type { Host } from '../core/host';
import type { DocumentRef } from '../shared/contract';

/** Lets a document that core made be dropped on a folder or a mail, under the name that it has. */
export async function dragOut(
  contents: WebContents,
  host: Host,
  { documentId }: DocumentRef,
): Promise<void> {
  const document = await host.document(documentId);
  if (!document.ok) return;
  const { path } = document.value;
  contents.startDrag({ file: path, icon: await app.getFileIcon(path) });
}
