import type { Admitted, Client, DocumentRef } from '../../shared/contract';
import type { Result } from '../../shared/domain';
import type { HostEventName, HostEvents } from '../../shared/transport/bridge';

/**
 * All that the viewer knows of the world outside: the contract's calls and events, and what only a host can
 * do. Electron, the browser host and the mock used in development each give one.
 */
export interface Transport extends Client {
  readonly kind: 'electron' | 'browser';
  /** Shows the host's dialog for a record or a folder. An empty `entries` means the person cancelled. */
  pick(kind: 'record' | 'folder'): Promise<Result<Admitted>>;
  /** Admits files that were dropped on the window. */
  dropped(files: readonly File[]): Promise<Result<Admitted>>;
  /** Lets the person keep a finished document. */
  save(document: DocumentRef): Promise<Result<{ saved: boolean }>>;
  /** Drags a document out of the window, from within a `dragstart` that was prevented; null in a browser. */
  readonly drag: ((document: DocumentRef) => void) | null;
  /** Listens to the host itself: menu items, files opened from outside. */
  onHost<E extends HostEventName>(event: E, listener: (payload: HostEvents[E]) => void): () => void;
  /** Address under which the document can be shown in a frame, or null where the host has none. */
  previewUrl(document: DocumentRef): string | null;
}
