import type {
  Admitted,
  DocumentRef,
  EventName,
  EventPayload,
  MethodInput,
  MethodName,
  MethodOutput,
} from '../contract';
import type { Failure, Result } from '../domain';

/** What the host tells the viewer without being asked, beside the service's events. */
export interface HostEvents {
  /** Paths came in through the menu, the system or the command line; open the first entry. */
  'host.admitted': Admitted;
  /** What the menu, the system or the command line named could not be opened. */
  'host.failed': Failure;
  /** A menu item was chosen; the viewer does what the same item of its own interface does. */
  'host.command': { command: HostCommand };
  /** The page is shown at this times its size; only a window of its own can tell. */
  'host.zoom': { factor: number };
  /**
   * The host does not answer any more, or does again; `locked`: it answers, but was started anew and does not know this
   * page. Only a browser can lose its host.
   */
  'host.connection': { up: boolean; locked?: boolean };
  /** Events may have been missed: what they tell is to be asked for. */
  'host.missed': Record<string, never>;
}
export type HostEventName = keyof HostEvents;

const HOST_COMMANDS = [
  'export-report',
  'undo',
  'redo',
  'next-flagged',
  'previous-flagged',
  'show-keys',
  'show-about',
] as const;
export type HostCommand = (typeof HOST_COMMANDS)[number];

/**
 * The whole surface between the viewer and its host, the same for Electron and the browser. Under Electron the
 * preload puts it on `window.fiducial`; in a browser `src/renderer/transport` builds it over HTTP.
 */
export interface Bridge {
  readonly kind: 'electron' | 'browser';
  /** @param requestId chosen by the viewer, so that the request can be cancelled */
  call<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
    requestId: number,
  ): Promise<Result<MethodOutput<M>>>;
  cancel(requestId: number): void;
  /** @returns a function that stops listening */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  on<E extends HostEventName>(event: E, listener: (payload: HostEvents[E]) => void): () => void;
  /** Shows the dialog for a record or a folder; empty when the person cancels. */
  pick(kind: 'record' | 'folder'): Promise<Result<Admitted>>;
  /** Admits dropped files. Paths are read on the host's side of the bridge, never in the page. */
  dropped(files: readonly File[]): Promise<Result<Admitted>>;
  /** Lets the person choose where to keep a document. */
  save(document: DocumentRef): Promise<Result<{ saved: boolean }>>;
  /** From within a `dragstart` that was prevented: drags the document out as a file. Absent in a browser. */
  drag?(document: DocumentRef): void;
}

declare global {
  interface Window {
    /** Present under Electron only. */
    readonly fiducial?: Bridge;
  }
}
