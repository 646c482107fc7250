import { seededRandom } from '../../src/core/base/seeded-random';

/** A cluster that reads an archive from a queue, with what goes wrong in it. Times are seconds. */
export interface Cluster {
  readonly workers: number;
  /** Recordings that a worker reads at a time: its cores. */
  readonly slots: number;
  readonly recordings: number;
  /** Recordings in the queue and at work at a time. */
  readonly ahead: number;
  /** The coordinator's time for a recording: finding it, adding its job, writing its row. */
  readonly coordinatorS: number;
  /** Redis's time for a recording, which answers one request after the other. */
  readonly redisS: number;
  /** What the archive gives to all workers together. */
  readonly storageBytesPerS: number;
  /** Mean time between two ends of a worker. */
  readonly failureS: number;
  /** Until what a worker had is taken over, and until it is back. */
  readonly takeOverS: number;
  readonly restartS: number;
  /** Share of workers that are slower, and how many times. */
  readonly stragglers: number;
  readonly straggling: number;
}

/** What a recording takes. */
export interface Work {
  readonly bytes: number;
  readonly cpuS: number;
}

export interface Simulated {
  readonly hours: number;
  /** Share of the time in which slots, coordinator, Redis and storage had something to do. */
  readonly busy: {
    readonly slots: number;
    readonly coordinator: number;
    readonly redis: number;
    readonly storage: number;
  };
  /** Recordings that were begun again because a worker ended. */
  readonly takenOver: number;
  /** Time in which the last hundred rows came. */
  readonly tailS: number;
}

type Kind = 'added' | 'ready' | 'free' | 'ends' | 'fails' | 'row';

/** Something that happens at a time: to a slot, to a job, or to both. */
interface Event {
  readonly at: number;
  readonly kind: Kind;
  readonly slot: number;
  readonly job: number;
}

/** Events, the earliest first (binary heap). */
class Events {
  readonly #items: Event[] = [];
  push(event: Event): void {
    const items = this.#items;
    items.push(event);
    let i = items.length - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (items[parent]!.at <= event.at) break;
      items[i] = items[parent]!;
      i = parent;
    }
    items[i] = event;
  }
  pop(): Event {
    const items = this.#items;
    const top = items[0]!;
    const last = items.pop()!;
    if (items.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && items[child + 1]!.at < items[child]!.at) child += 1;
      if (items[child]!.at >= last.at) break;
      items[i] = items[child]!;
      i = child;
    }
    items[i] = last;
    return top;
  }
}

/**
 * Plays a run event by event. Coordinator, Redis and storage are servers with one line before each; what a worker loses
 * waits for the take-over and is begun anew. A slot is a core: it reads, then computes.
 * @param seed draws of the archive, of stragglers and of failures follow from it
 * @param draw a recording of the archive
 */
export function simulate(
  cluster: Cluster,
  seed: number,
  draw: (random: () => number) => Work,
): Simulated {
  const random = seededRandom(seed);
  const slots = cluster.workers * cluster.slots;
  const isSlow = Array.from({ length: cluster.workers }, () => random() < cluster.stragglers);
  const events = new Events();
  const free = { coordinator: 0, redis: 0, storage: 0 };
  const busy = { slots: 0, coordinator: 0, redis: 0, storage: 0 };
  const serve = (name: keyof typeof free, at: number, takesS: number): number => {
    free[name] = Math.max(free[name], at) + takesS;
    busy[name] += takesS;
    return free[name];
  };
  const works: Work[] = [];
  const begun: number[] = [];
  const waiting: number[] = [];
  const idle: number[] = Array.from({ length: slots }, (_, slot) => slot).reverse();
  let firstWaiting = 0;
  let takenOver = 0;
  const lastRows: number[] = [];
  let rows = 0;

  function add(at: number): void {
    if (works.length === cluster.recordings) return;
    works.push(draw(random));
    const added = serve('coordinator', at, cluster.coordinatorS / 2);
    events.push({ at: added, kind: 'added', slot: -1, job: works.length - 1 });
  }

  function start(slot: number, job: number, at: number): void {
    const { bytes, cpuS } = works[job]!;
    const read = serve('storage', at, bytes / cluster.storageBytesPerS);
    const slow = isSlow[Math.floor(slot / cluster.slots)]! ? cluster.straggling : 1;
    const ends = read + cpuS * slow;
    // Ends of a worker have no memory: each stretch of work meets one, or none.
    const fails = at - Math.log(1 - random()) * cluster.failureS;
    begun[job] = at;
    events.push(
      fails < ends
        ? { at: fails, kind: 'fails', slot, job }
        : { at: ends, kind: 'ends', slot, job },
    );
  }

  for (let i = 0; i < Math.min(cluster.ahead, cluster.recordings); i++) add(0);
  let now = 0;
  while (rows < cluster.recordings) {
    const { at, kind, slot, job } = events.pop();
    now = at;
    if (kind === 'added') {
      events.push({ at: serve('redis', at, cluster.redisS / 2), kind: 'ready', slot, job });
    } else if (kind === 'ready') {
      const taker = idle.pop();
      if (taker === undefined) waiting.push(job);
      else start(taker, job, at);
    } else if (kind === 'free') {
      if (firstWaiting === waiting.length) idle.push(slot);
      else start(slot, waiting[firstWaiting++]!, at);
    } else if (kind === 'row') {
      rows += 1;
      lastRows[rows % 100] = at;
      add(at);
    } else {
      busy.slots += at - begun[job]!;
      if (kind === 'fails') {
        takenOver += 1;
        events.push({ at: at + cluster.takeOverS, kind: 'ready', slot: -1, job });
        events.push({ at: at + cluster.restartS, kind: 'free', slot, job: -1 });
      } else {
        events.push({ at, kind: 'free', slot, job: -1 });
        const answered = serve('redis', at, cluster.redisS / 2);
        const row = serve('coordinator', answered, cluster.coordinatorS / 2);
        events.push({ at: row, kind: 'row', slot: -1, job });
      }
    }
  }
  return {
    hours: now / 3600,
    busy: {
      slots: busy.slots / (slots * now),
      coordinator: busy.coordinator / now,
      redis: busy.redis / now,
      storage: busy.storage / now,
    },
    takenOver,
    tailS: now - Math.min(...lastRows),
  };
}
