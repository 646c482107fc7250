import type { MethodName } from '../../shared/contract';

/** A way with room for a few requests at a time; the others wait their turn. */
export interface Queue {
  /** @returns whether there was room before `signal` was aborted; if so, `leave` is called once */
  enter(signal: AbortSignal): Promise<boolean>;
  leave(): void;
}

export function createQueue(room: number): Queue {
  const waiting: ((entered: boolean) => void)[] = [];
  let inside = 0;
  return {
    enter(signal) {
      if (signal.aborted) return Promise.resolve(false);
      if (inside < room) {
        inside++;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const abort = (): void => {
          waiting.splice(waiting.indexOf(settle), 1);
          resolve(false);
        };
        const settle = (entered: boolean): void => {
          signal.removeEventListener('abort', abort);
          resolve(entered);
        };
        waiting.push(settle);
        signal.addEventListener('abort', abort, { once: true });
      });
    },
    leave() {
      const next = waiting.shift();
      if (next) next(true);
      else inside--;
    },
  };
}

/**
 * The queues of one window. A browser opens six connections to a host over HTTP/1.1 and lets every further request
 * wait: one carries the events, so tiles, overlays and what stands beside the paper get three and work that may take seconds one. The last is
 * always free for what the reader waits for: a decision is never behind a picture.
 * @returns the queue that a request has to go through; null for those that are answered at once
 */
export function createQueues(): (method: MethodName) => Queue | null {
  const pictures = createQueue(3);
  const work = createQueue(1);
  const queues: Partial<Record<MethodName, Queue>> = {
    'traces.tile': pictures,
    'analysis.explain': pictures,
    'analysis.whatIf': pictures,
    // What stands beside the paper: looked at, and never in the way of a decision.
    'analysis.measurements': pictures,
    'families.listSince': pictures,
    'families.preview': pictures,
    'families.shapes': pictures,
    'report.draft': pictures,
    // Reads the whole file where its content is not known yet.
    'analysis.start': work,
    'annotations.write': work,
    'devices.list': work,
    'recordings.convert': work,
    'recordings.hash': work,
    'report.audit': work,
    'report.create': work,
    'report.sign': work,
    'review.export': work,
  };
  return (method) => queues[method] ?? null;
}
