import type { Result } from '../../shared/domain';
import type { OpenRecording } from '../formats/open-recording';
import { stateOf } from './fingerprint';

export type OpenRecord = (path: string) => Promise<Result<OpenRecording>>;

/** Readers of recently used records, kept open. Each thread has its own. */
export interface RecordingCache {
  /**
   * Runs `work` on an open reader, which stays open until `work` settles. A record of which a
   * file changed on disk is opened anew.
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

interface Opened {
  readonly opened: Result<OpenRecording>;
  /** `fingerprint` of all its files; null where one was gone again. */
  readonly stamp: string | null;
}

interface Entry {
  readonly opening: Promise<Opened>;
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
    const { opened } = await entry.opening;
    if (opened.ok) await opened.value.close();
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

  /** Opens a recording and notes what its files looked like before a sample was read. */
  async function begin(path: string): Promise<Opened> {
    const opened = await open(path);
    if (!opened.ok) return { opened, stamp: null };
    const stamp = await stateOf(opened.value);
    return { opened, stamp: stamp.ok ? stamp.value : null };
  }

  /** Whether every file is still what it was when the recording was opened. */
  async function isCurrent(entry: Entry): Promise<boolean> {
    const { opened, stamp } = await entry.opening;
    if (!opened.ok) return true;
    const now = await stateOf(opened.value);
    return now.ok && now.value === stamp;
  }

  const acquire: RecordingCache['acquire'] = async (path) => {
    const known = entries.get(path);
    if (known && !(await isCurrent(known)) && entries.get(path) === known) {
      onChanged?.(path);
      await drop(path);
    }
    const held = entries.get(path) ?? { opening: begin(path), users: 0, dropped: false };
    entries.delete(path);
    entries.set(path, held);
    held.users += 1;
    const { opened } = await held.opening;
    if (!opened.ok) {
      // The next try may find the file mended.
      if (entries.get(path) === held) entries.delete(path);
      await release(held);
      return opened;
    }
    return { ok: true, value: { recording: opened.value, release: () => release(held) } };
  };

  return {
    acquire,
    async use(path, work) {
      const acquired = await acquire(path);
      if (!acquired.ok) return acquired;
      try {
        return await work(acquired.value.recording);
      } finally {
        await acquired.value.release();
      }
    },
    drop,
    async close() {
      await Promise.all([...entries.keys()].map(drop));
    },
  };
}
