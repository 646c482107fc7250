/**
 * The face that starts processes and watches over them, for doors behind which the service runs in a process of its own.
 * It takes nothing of the rest of core along: Electron's main process only routes.
 */
export { copyWhole } from './base/copy-whole';
export { dataDirectory } from './base/data-dir';
export { isWriteRefusal, writeFailure } from './base/file-failure';
export { makeFolder } from './base/make-folder';
export { makeConsolePlain, printable } from './base/plain-console';
export { removeTemporaryFolder, temporaryFolder } from './base/temporary-folders';
export { partOf, writeThrough } from './base/write-through';
export { admitDemoAtFirst } from './processes/admit-demo';
export { entryPath, projectDir } from './processes/entries';
export { createHost, type Host } from './processes/host';
export { createNodeHost } from './processes/node-host';
export { createReportPool } from './processes/report-pool';
