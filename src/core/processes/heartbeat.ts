/** Tells a process that is stopped or stuck from one that is at work. */
export interface Heartbeat {
  /** Begins to listen to a process that has just been started. */
  start(): void;
  /** Anything at all came from it. */
  heard(): void;
  /** Whether it has left so many questions open that something is amiss. */
  isSilent(): boolean;
  stop(): void;
}

export interface HeartbeatOptions {
  /** Asks the process for a sign of life. */
  readonly ask: () => void;
  /** Told once when it has been silent for too long. */
  readonly onSilent: (afterMs: number) => void;
  /** Between two questions; default 1000 ms. */
  readonly beatMs?: number | undefined;
}

/** Questions without an answer after which a process counts as gone. Its own thread holds it up for a second at most. */
const MISSED = 15;
/** Questions without an answer after which others are told that something is amiss. */
const AMISS = 3;
/** A process that starts loads its code and opens, perhaps mends or copies, a store before it hears anything. */
const MISSED_AT_START = 60;

/**
 * Counts questions, not seconds: where this process itself did not run (a machine that slept, a debugger), nothing is
 * counted against the other.
 */
export function createHeartbeat({ ask, onSilent, beatMs = 1000 }: HeartbeatOptions): Heartbeat {
  let timer: NodeJS.Timeout | undefined;
  let missed = 0;
  let most = MISSED_AT_START;

  function beat(): void {
    if (missed >= most) {
      clearInterval(timer);
      onSilent(missed * beatMs);
      return;
    }
    missed += 1;
    ask();
  }

  return {
    start() {
      clearInterval(timer);
      missed = 0;
      most = MISSED_AT_START;
      timer = setInterval(beat, beatMs);
      timer.unref();
    },
    heard() {
      missed = 0;
      most = MISSED;
    },
    isSilent: () => missed > AMISS,
    stop: () => clearInterval(timer),
  };
}
