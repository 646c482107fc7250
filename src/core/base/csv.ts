import Papa from 'papaparse';

export type CsvValue = string | number | null;

/**
 * One line of CSV without its end: a field with a comma, a quote or a line end is quoted (RFC 4180). Text that a
 * spreadsheet would run as a formula gets a leading apostrophe (OWASP, "CSV Injection"); numbers are left alone.
 */
export function csvLine(values: readonly CsvValue[]): string {
  return Papa.unparse([[...values]], { escapeFormulae: /^[=+\-@\t\r]/ });
}

/** A whole table; every line ends in CRLF. */
export function csvTable(columns: readonly string[], rows: Iterable<readonly CsvValue[]>): string {
  return [columns, ...rows].map((row) => `${csvLine(row)}\r\n`).join('');
}
