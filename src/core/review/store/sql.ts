export type SqlValue = string | number | bigint | Buffer | null;
export type SqlRow = Record<string, unknown>;

/**
 * One SQLite file, opened for this process. Statements are prepared once and kept. Where SQLite refuses, every method
 * throws a `StoreFailure` that says why.
 */
export interface Database {
  readonly path: string;
  all(sql: string, parameters?: readonly SqlValue[]): SqlRow[];
  get(sql: string, parameters?: readonly SqlValue[]): SqlRow | undefined;
  run(sql: string, parameters?: readonly SqlValue[]): void;
  /**
   * Changes whenever another connection has written, and only then: what this one keeps in memory is then stale
   * (https://www.sqlite.org/pragma.html#pragma_data_version).
   */
  foreignVersion(): number;
  /**
   * Runs `work` in one IMMEDIATE transaction; a throw rolls it back and is passed on. What is made again where a power cut
   * takes it (`isLasting` false) does not wait for the disk: until the next lasting one it is whole or not there
   * (`synchronous = NORMAL`, https://www.sqlite.org/pragma.html#pragma_synchronous).
   */
  transaction<T>(work: () => T, isLasting?: boolean): T;
  /** What SQLite finds wrong with the file's structure (https://www.sqlite.org/pragma.html#pragma_quick_check). */
  problems(how?: 'quick' | 'whole'): string[];
  /** How long a change waits for the lock of another process before it is refused. */
  waitAtMost(ms: number): void;
  /** Whether no other process has the file open. */
  isAlone(): boolean;
  /** Brings everything into the one file and ends. */
  close(): void;
}
