import type { DocumentRef } from '../shared/contract';
import { mountViewer } from './mount';
import { createHttpBridge, documentUrl } from './transport/http';
import { transportOver } from './transport/over-bridge';

/** Both hosts hand out a document where they serve the page; the server of a page in development has none. */
const previewUrl = ({ documentId }: DocumentRef): string | null =>
  window.fiducial && location.protocol === 'http:' ? null : documentUrl('', documentId);

// Under Electron the preload has put a bridge on the window; a browser talks to the host that served the page.
mountViewer(
  window.fiducial
    ? transportOver(window.fiducial, previewUrl)
    : transportOver(createHttpBridge(), previewUrl),
);
