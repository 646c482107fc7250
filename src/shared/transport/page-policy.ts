/**
 * What the viewer's page may load, in Electron and in a browser: its own files and nothing else; no inline script, no other
 * origin, no plug-in, no frame around it. Overlaid on the page's own meta element; the stricter of the two counts.
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
