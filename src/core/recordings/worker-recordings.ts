import { createReaderCache, type ReaderCache } from './reader-cache';
import { openRecord } from '../formats/wfdb';

let readers: ReaderCache | null = null;

/** The readers of this thread: tasks on the same record do not open it again. */
export function workerReaders(): ReaderCache {
  readers ??= createReaderCache(openRecord);
  return readers;
}
