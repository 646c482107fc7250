import type { DocumentRef } from '../shared/contract';
import { mountViewer } from './mount';
import { createHttpBridge, documentUrl } from './transport/http';
import { transportOver } from './transport/over-bridge';

/** Both hosts hand out a document where they serve the page; the server of a page in development has none. */
const previewUrl = ({ documentId }: DocumentRef): string | null =>
  window.fiducial && location.protocol === 'http:' ? null : documentUrl('', documentId);

// Under Electron the preload has put a bridge on the window; a browser talks to the host that served the page. What the
// page is made of is read in one task and shown in the next, as both together keep it from answering for twice as long.
setTimeout(() =>
  mountViewer(
    window.fiducial
      ? transportOver(window.fiducial, previewUrl)
      : transportOver(createHttpBridge(), previewUrl),
  ),
);
