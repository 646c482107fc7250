import { createStanding, type Standing } from './standing';
import { BeyondCheckpoint, type StandingCheckpoint } from './standing-checkpoint';

/**
 * What stands of all, going on from a checkpoint; where that does not reach (an undo far back, who did how much), the whole
 * trail takes its place.
 * @param whole what stands by every line of the trail that is stored
 */
export function resumedStanding(from: StandingCheckpoint, whole: () => Standing): Standing {
  let now = createStanding(null, from);

  function within<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      if (!(cause instanceof BeyondCheckpoint)) throw cause;
      now = whole();
      return work();
    }
  }

  /** The whole trail may hold the line already. */
  function add(event: Parameters<Standing['add']>[0]): void {
    within(() => {
      if (event.sequence > now.sequence) now.add(event);
    });
  }

  return new Proxy(now, {
    get(_, name: keyof Standing) {
      if (name === 'add') return add;
      const value = now[name];
      if (typeof value !== 'function') return value;
      return (...given: never[]) =>
        within(() => (now[name] as (...args: never[]) => unknown)(...given));
    },
  });
}
