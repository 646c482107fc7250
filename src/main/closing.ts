import type { BrowserWindow } from 'electron';
import type { Words } from '../shared/words';
import { askWhetherToQuit } from './questions';
import type { Page } from './serve-page';
import type { WorkInFlight } from './work-in-flight';

/**
 * Before the window closes, by whatever way: asks while work is in flight, then lets the page hand over what it
 * still holds, such as a note that is being written. A signal from outside is not asked back.
 */
export function guardClosing(
  window: BrowserWindow,
  page: Pick<Page, 'leave'>,
  work: WorkInFlight,
  words: () => Words,
): void {
  let state: 'open' | 'closing' | 'closed' = 'open';

  async function close(): Promise<void> {
    await page.leave();
    state = 'closed';
    if (!window.isDestroyed()) window.close();
  }

  async function ask(): Promise<void> {
    const running = work.sentence(words());
    if (running === null || (await askWhetherToQuit(window, running, words()))) await close();
    else state = 'open';
  }

  window.on('close', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void ask();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      state = 'closing';
      void close();
    });
  }
}
