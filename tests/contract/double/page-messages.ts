import { CHANNELS } from '../../../src/shared/transport/channels';
import type { Double } from './start-double';

/** What main tells a page that is not there, kept in order. */
export interface PageMessages {
  /** The payload of the next event of that name, also one that has come already. */
  told(name: string): Promise<unknown>;
  /** Names of all events that wait to be looked at. */
  names(): string[];
}

export function listenAsPage(double: Double): PageMessages {
  const events: [string, unknown][] = [];
  double.onToPage((channel, [name, payload]) => {
    if (channel === CHANNELS.event) events.push([name as string, payload]);
  });
  return {
    names: () => events.map(([name]) => name),
    async told(name) {
      for (let i = 0; i < 200; i++) {
        const at = events.findIndex(([event]) => event === name);
        if (at >= 0) return events.splice(at, 1)[0]![1];
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`the page was never told ${name}; main wrote: ${double.errors()}`);
    },
  };
}
