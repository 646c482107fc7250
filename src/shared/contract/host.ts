import { z } from 'zod';
import { Failure, RecordingEntry } from '../domain';
import { DocumentRef } from './shapes';

const Admitted = z.object({
  entries: z.array(RecordingEntry),
  /** One id per folder that was picked or dropped, for `scan.start`. */
  sourceIds: z.array(z.string()),
  /** What could not be searched: the entries are what lies elsewhere. Absent for nothing. */
  problems: z.array(Failure).optional(),
});

/**
 * What only the host can do: dialogs, drops, saving. Electron answers over IPC, the browser host over HTTP.
 * These are the only requests that can bring new paths into the service, and none carries one as text.
 */
const HOST_METHODS = {
  /** Shows the system's dialog (Electron) or admits what lies under --root (browser). */
  'host.pick': { input: z.object({ kind: z.enum(['record', 'folder']) }), output: Admitted },
  /** Lets the person choose where to keep a document; `saved` is false when they cancel. */
  'host.save': { input: DocumentRef, output: z.object({ saved: z.boolean() }) },
} as const;

export type HostMethods = typeof HOST_METHODS;
export type Admitted = z.infer<typeof Admitted>;
export { Admitted as AdmittedSchema };
