/** What Node says of a message to a parent that is gone. */
const GONE = new Set(['EPIPE', 'ECONNRESET', 'ERR_IPC_CHANNEL_CLOSED', 'ERR_IPC_DISCONNECTED']);

/**
 * Ends a process that reads recordings with the worker that started it. Its library tells that worker of every bug, the
 * one that it cannot tell it included, and so again, for ever and at full speed, before it hears that the worker is gone.
 */
export function endWithParent(): void {
  process.on('disconnect', () => process.exit());
  // Before the library's own, which is there already.
  process.prependListener('uncaughtException', (cause: NodeJS.ErrnoException) => {
    if (GONE.has(cause.code ?? '')) process.exit(1);
  });
}
