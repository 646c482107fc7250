import { ok, type Result } from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';
import { stateOf, whileUnchanged } from './fingerprint';
import { openSettled, type OpenRecord, type Settled } from './open-settled';

/** Readers of recently used records, kept open. Each thread has its own. */
export interface RecordingCache {
  /**
   * Runs `work` on an open reader, which stays open until `work` settles. A record of which a
   * file changed on disk is opened anew.
   * @returns the work's answer; `conflict` where files changed until it was there: it would be of no state
   */
  use<T>(path: string, work: (recording: OpenRecording) => Promise<Result<T>>): Promise<Result<T>>;
  /** The same for work that is no single promise: whoever got the reader calls `release` once. */
  acquire(path: string): Promise<Result<AcquiredRecording>>;
  /** Closes the reader of one record once nobody uses it. */
  drop(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface AcquiredRecording {
  readonly recording: OpenRecording;
  release(): Promise<void>;
}

interface Entry {
  readonly opening: Promise<Result<Settled>>;
  users: number;
  dropped: boolean;
}

/**
 * @param capacity records kept open when nobody uses them
 * @param onChanged told the path of an open record of which a file is not what it was
 */
export function createRecordingCache(
  open: OpenRecord,
  { capacity = 8, onChanged }: { capacity?: number; onChanged?: (path: string) => void } = {},
): RecordingCache {
  /** Least recently used first. */
  const entries = new Map<string, Entry>();

  async function closeEntry(entry: Entry): Promise<void> {
    const opened = await entry.opening;
    if (opened.ok) await opened.value.recording.close();
  }

  async function drop(path: string): Promise<void> {
    const entry = entries.get(path);
    if (!entry) return;
    entries.delete(path);
    entry.dropped = true;
    if (entry.users === 0) await closeEntry(entry);
  }

  async function evict(): Promise<void> {
    for (const [path, entry] of entries) {
      if (entries.size <= capacity) return;
      if (entry.users === 0) await drop(path);
    }
  }

  async function release(entry: Entry): Promise<void> {
    entry.users -= 1;
    if (entry.dropped && entry.users === 0) await closeEntry(entry);
    await evict();
  }

  /** Whether every file is still what it was when the recording was opened. */
  async function isCurrent(entry: Entry): Promise<boolean> {
    const opened = await entry.opening;
    if (!opened.ok) return true;
    const { recording, stamp } = opened.value;
    const now = await stateOf(recording);
    return now.ok && now.value === stamp;
  }

  async function dropChanged(path: string, entry: Entry): Promise<void> {
    if (entries.get(path) !== entry) return;
    onChanged?.(path);
    await drop(path);
  }

  async function hold(path: string): Promise<Result<{ entry: Entry; settled: Settled }>> {
    const known = entries.get(path);
    if (known && !(await isCurrent(known))) await dropChanged(path, known);
    const begun = (): Entry => ({ opening: openSettled(open, path), users: 0, dropped: false });
    const entry = entries.get(path) ?? begun();
    entries.delete(path);
    entries.set(path, entry);
    entry.users += 1;
    const opened = await entry.opening;
    if (opened.ok) return ok({ entry, settled: opened.value });
    // The next try may find the file mended.
    if (entries.get(path) === entry) entries.delete(path);
    await release(entry);
    return opened;
  }

  return {
    async acquire(path) {
      const held = await hold(path);
      if (!held.ok) return held;
      const { entry, settled } = held.value;
      return ok({ recording: settled.recording, release: () => release(entry) });
    },
    async use(path, work) {
      const held = await hold(path);
      if (!held.ok) return held;
      const { entry, settled } = held.value;
      const { recording, stamp } = settled;
      try {
        const answer = await whileUnchanged(recording, () => work(recording), stamp);
        if (!answer.ok && answer.error.code === 'conflict' && !(await isCurrent(entry))) {
          await dropChanged(path, entry);
        }
        return answer;
      } finally {
        await release(entry);
      }
    },
    drop,
    async close() {
      await Promise.all([...entries.keys()].map(drop));
    },
  };
}
