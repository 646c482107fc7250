/** Rows of a CSV file by column name (RFC 4180), for tests. */
export function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  const fields = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/gy;
  for (let match = fields.exec(text); match; match = fields.exec(text)) {
    const [, field = '', end] = match;
    rows.at(-1)!.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === '\r\n') rows.push([]);
    if (end === '' || fields.lastIndex === text.length) break;
  }
  if (rows.at(-1)!.length === 0) rows.pop();
  const [head, ...body] = rows;
  for (const row of body) {
    if (row.length !== head!.length)
      throw new Error(`A row of ${row.length} fields: ${row.join()}`);
  }
  return body.map((row) => Object.fromEntries(head!.map((name, i) => [name, row[i]!])));
}
