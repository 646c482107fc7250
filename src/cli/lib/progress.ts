import { printable } from '../../core/host';

/** Progress on stderr, which never mixes with results on stdout. */
export interface Progress {
  update(text: string): void;
  /** Takes the line away, so that what follows stands alone. */
  end(): void;
}

const TTY_INTERVAL_MS = 100;
/** Into a log file, a line every so often says that it is alive without filling the file. */
const LOG_INTERVAL_MS = 10_000;

/** One line that is rewritten on a terminal; sparse lines otherwise. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  let lastMs = stream.isTTY ? -Infinity : performance.now();
  let shown = false;
  return {
    update(told) {
      const now = performance.now();
      if (now - lastMs < (stream.isTTY ? TTY_INTERVAL_MS : LOG_INTERVAL_MS)) return;
      lastMs = now;
      shown = true;
      const text = printable(told);
      if (!stream.isTTY) stream.write(`${text}\n`);
      else stream.write(`\r\x1b[K${text.slice(0, Math.max(20, stream.columns - 1))}`);
    },
    end() {
      if (shown && stream.isTTY) stream.write('\r\x1b[K');
      shown = false;
    },
  };
}

/** `1 h 02 min`, `3 min 20 s`, `12 s`. */
export function durationText(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min`;
  return minutes > 0 ? `${minutes} min ${total % 60} s` : `${total} s`;
}
