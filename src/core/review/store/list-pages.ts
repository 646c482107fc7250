import { ok } from '../../../shared/domain';
import { packAlike, unpackAlike, type Packed } from './alike-columns';
import { asBytes, BytesColumn, digestOf, TextColumn } from './columns';
import type { Database, SqlRow } from './sql';
import type { PackedRow } from './packed-rows';
import { storeResult } from './store-failure';

/** Goes up with every change of what `ListSource.read` gives: pages of earlier versions are then not read. */
export const PAGE_FORMAT = 5;
/** Row numbers of a page, as two to this power: what one changed row costs a start. The triggers of the schema know it. */
const PAGE_BITS = 7;
const PAGE_ROWS = 2 ** PAGE_BITS;
/** Pages that are written in one step, within some milliseconds. */
const STEP_PAGES = 4;

/** A table whose rows the worklist shows. */
export interface ListSource<T> {
  readonly table: 'recordings' | 'recording_abouts' | 'analyses';
  /**
   * The rows after a row number up to another, in their order; as JSON carries them.
   * @returns `isWhole` false where one of them is not as it was written: it is looked at again each time
   */
  read(after: number, upTo: number): { values: T[]; isWhole: boolean };
}

/**
 * The rows of a table as they are read packed.
 * @param batches the rows up to a row number, which is its only parameter
 * @param of what is listed of a row: null for nothing, `isWhole` as `ListSource.read`
 */
export function listOf<T>(
  table: ListSource<T>['table'],
  batches: (database: Database, upTo: [number], after: number) => Iterable<readonly PackedRow[]>,
  database: Database,
  of: (row: PackedRow) => { readonly value: T | null; readonly isWhole: boolean },
): ListSource<T> {
  return {
    table,
    read(after, upTo) {
      const rows = [...batches(database, [upTo], after)].flat().map(of);
      return {
        values: rows.flatMap(({ value }) => value ?? []),
        isWhole: rows.every(({ isWhole }) => isWhole),
      };
    },
  };
}

/**
 * The rows of a long table as pages of JSON, so that the first list after a start reads some dozens of rows instead of ten
 * thousand. A trigger takes away the page of every row that changes, whoever changes it; what has no page is read row by row.
 */
export function createListPages(database: Database) {
  /** Pages that were found not to be as they were written, or are of an earlier version: they are written anew. */
  const unread = new Set<string>();
  const nameOf = (table: string, page: number): string => `${table} ${page}`;

  /** What a table's pages hold that are as they were written, in their order. */
  function* keptPages<T>(table: string): Generator<{ page: number; values: readonly T[] }> {
    const rows = storeResult(() =>
      ok(
        database.all(
          `SELECT page, body, ${asBytes('digest')} FROM list_pages WHERE source = ? ORDER BY page`,
          [table],
        ),
      ),
    );
    // Where they cannot be read the rows themselves may be.
    for (const row of rows.ok ? rows.value : []) {
      const page = Number(row['page']);
      const body = bodyOf(table, row);
      if (body) yield { page, values: unpackAlike(JSON.parse(body) as Packed) as T[] };
      else unread.add(nameOf(table, page));
    }
  }

  function lastPage(table: string): number {
    const row = database.get(`SELECT max(rowid) AS last FROM ${table}`);
    return pageOf(Number(row?.['last'] ?? 0));
  }

  /** Pages that are to be written: those of rows that changed. */
  function missing(table: string): number[] {
    const kept = new Set(
      database
        .all('SELECT page FROM list_pages WHERE source = ?', [table])
        .map((row) => Number(row['page'])),
    );
    const pages = Array.from({ length: lastPage(table) + 1 }, (_, page) => page);
    return pages.filter((page) => !kept.has(page) || unread.has(nameOf(table, page)));
  }

  function keep<T>({ table, read }: ListSource<T>, page: number): void {
    const { values, isWhole } = read(...rowsOf(page, page));
    if (!isWhole) return;
    const body = Buffer.from(JSON.stringify(packAlike(values)));
    database.run('INSERT OR REPLACE INTO list_pages VALUES (?, ?, ?, ?)', [
      ...[table, page, body, digestOf([PAGE_FORMAT, table, page], body)],
    ]);
    unread.delete(nameOf(table, page));
  }

  return {
    /** Every row, in their order. */
    all<T>({ table, read }: ListSource<T>): T[] {
      const last = lastPage(table);
      const all: T[] = [];
      const add = (values: readonly T[]): void => {
        for (const value of values) all.push(value);
      };
      let next = 0;
      /** The rows before a page that no page was kept of. */
      const addRowsBefore = (page: number): void => {
        if (next < page) add(read(...rowsOf(next, page - 1)).values);
      };
      for (const { page, values } of keptPages<T>(table)) {
        if (page > last) break;
        addRowsBefore(page);
        add(values);
        next = page + 1;
      }
      addRowsBefore(last + 1);
      return all;
    },
    /** Writes the pages that are missing, some a step. @returns a step, which is false where it was the last */
    keeping<T>(source: ListSource<T>): () => boolean {
      let left: number[] | null = null;
      return () => {
        left ??= missing(source.table);
        const pages = left.splice(0, STEP_PAGES);
        // Under one lock with the rows: none changes meanwhile.
        if (pages.length > 0) {
          const isLasting = false;
          database.transaction(() => {
            for (const page of pages) keep(source, page);
          }, isLasting);
        }
        return left.length > 0;
      };
    },
  };
}

export type ListPages = ReturnType<typeof createListPages>;

const pageOf = (rowid: number): number => Math.floor(rowid / PAGE_ROWS);

/** Row numbers of pages: after the first up to the second. */
const rowsOf = (first: number, last: number): [after: number, upTo: number] => [
  first * PAGE_ROWS - 1,
  (last + 1) * PAGE_ROWS - 1,
];

function bodyOf(table: string, row: SqlRow): string | null {
  const body = BytesColumn.safeParse(row['body']).data;
  const digest = TextColumn.safeParse(row['digest']).data;
  if (!body || digest !== digestOf([PAGE_FORMAT, table, Number(row['page'])], body)) return null;
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

/** What takes away the page of a row that changes: the row's number tells which. */
function forgetPages(table: string, when: string, which: string): string {
  const name = `list_pages_${table}_${when.toLowerCase().replaceAll(' ', '_')}`;
  const source = table.startsWith('review_') ? 'analyses' : table;
  return `CREATE TRIGGER ${name} ${when} ON ${table}
    BEGIN DELETE FROM list_pages WHERE source = '${source}' AND page ${which}; END`;
}

/**
 * The triggers of the schema. A row that is replaced goes without a word, so its page is looked for before; an analysis is
 * listed with its counts and the length of its trail.
 */
export const LIST_PAGE_TRIGGERS: readonly string[] = [
  ...(
    [
      ['recordings', 'recording_id'],
      ['recording_abouts', 'recording_id'],
      ['analyses', 'analysis_id'],
    ] as const
  ).flatMap(([table, key]) => {
    const replaced = `IN (SELECT rowid >> ${PAGE_BITS} FROM ${table} WHERE ${key} = NEW.${key})`;
    return [
      forgetPages(table, 'BEFORE INSERT', replaced),
      forgetPages(table, 'AFTER INSERT', `= NEW.rowid >> ${PAGE_BITS}`),
      forgetPages(
        table,
        'AFTER UPDATE',
        `IN (OLD.rowid >> ${PAGE_BITS}, NEW.rowid >> ${PAGE_BITS})`,
      ),
      forgetPages(table, 'AFTER DELETE', `= OLD.rowid >> ${PAGE_BITS}`),
    ];
  }),
  ...['review_counts', 'review_events'].flatMap((table) => {
    const of = (row: string): string =>
      `IN (SELECT rowid >> ${PAGE_BITS} FROM analyses WHERE analysis_id = ${row}.analysis_id)`;
    return [
      forgetPages(table, 'AFTER INSERT', of('NEW')),
      forgetPages(table, 'AFTER UPDATE', of('NEW')),
      forgetPages(table, 'AFTER DELETE', of('OLD')),
    ];
  }),
];
