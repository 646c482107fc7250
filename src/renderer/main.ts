import { mountViewer } from './mount';
import { createHttpBridge, documentUrl } from './transport/http';
import { transportOver } from './transport/over-bridge';

// Under Electron the preload has put a bridge on the window; a browser talks to the host that served the page.
mountViewer(
  window.fiducial
    ? transportOver(window.fiducial, () => null)
    : transportOver(createHttpBridge(), (document) => documentUrl('', document.documentId)),
);
