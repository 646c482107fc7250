import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { z } from 'zod';
import { err, type Result } from '../shared/domain';

export interface TrustedIpc {
  /** Answers `invoke` on a channel. Input of another shape is answered with `bad-input`. */
  handle<T>(
    channel: string,
    input: z.ZodType<T>,
    answer: (input: T) => Promise<Result<unknown>>,
  ): void;
  /** Listens to `send` on a channel. Input of another shape is dropped. */
  listen<T>(channel: string, input: z.ZodType<T>, listener: (input: T) => void): void;
}

/**
 * The one door from the page into the main process. A message counts only when it comes from the top frame of
 * our own window, showing our own origin, and has the channel's shape.
 * @param origins those that the viewer may be served from
 */
export function createTrustedIpc(
  ipcMain: IpcMain,
  contents: () => WebContents | null,
  origins: readonly string[],
): TrustedIpc {
  function isTrusted({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
    // A frame that has navigated or gone since it sent is null.
    if (!senderFrame || sender !== contents() || senderFrame.parent !== null) return false;
    if (!URL.canParse(senderFrame.url)) return false;
    const { protocol, host } = new URL(senderFrame.url);
    return origins.includes(`${protocol}//${host}`);
  }

  return {
    handle(channel, schema, answer) {
      ipcMain.handle(channel, async (event, input: unknown) => {
        if (!isTrusted(event)) return err('forbidden', 'This page may not ask Fiducial anything.');
        const parsed = schema.safeParse(input);
        if (parsed.success) return answer(parsed.data);
        const issue = parsed.error.issues[0]!;
        return err('bad-input', `${channel}: ${issue.path.join('.')}: ${issue.message}.`);
      });
    },
    listen(channel, schema, listener) {
      ipcMain.on(channel, (event, input: unknown) => {
        const parsed = schema.safeParse(input);
        if (isTrusted(event) && parsed.success) listener(parsed.data);
      });
    },
  };
}
