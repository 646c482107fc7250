/** What is taken out of an archive at most; more is a bomb or a mistake, and is refused by what the archive states. */
export const ZIP_LIMITS = {
  entries: 200_000,
  /** One file: days of twelve leads. */
  entryBytes: 2 * 2 ** 30,
  /** All files of one recording. */
  recordingBytes: 4 * 2 ** 30,
  recordingFiles: 4096,
  /** Times that an entry of more than `smallBytes` may grow; recorded signals shrink to a third. */
  ratio: 250,
  smallBytes: 16 * 2 ** 20,
} as const;
