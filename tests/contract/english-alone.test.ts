import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../../src');

/** Folders whose failures and warnings a page can show. */
const SEEN = ['core/', 'main/', 'preload/', 'renderer/', 'server/viewer/', 'shared/'];

/** Folders of these whose sentences only a terminal shows: commands speak English. */
const ON_A_TERMINAL: Readonly<Record<string, string>> = {
  'core/evaluation/': 'fiducial evaluate and compare',
  'core/queue/': 'fiducial scan --queue, worker and serve --queue',
  'core/training-data/': 'fiducial prepare and dataset',
};

const BY_PROGRAMS = 'a request that no page of ours makes: it is for whoever writes a program';

/**
 * Sentences that are English on purpose: how many in a file, and why. No other sentence of a failure or a warning is
 * without its words: `errSaid`, `warningSaid` and `toldBy` say it in every language.
 */
const IN_ENGLISH: Readonly<Record<string, readonly [number, string]>> = {
  'core/processes/serve-requests.ts': [1, 'a bug, which is thrown again'],
  'core/processes/validate.ts': [2, BY_PROGRAMS],
  'core/recordings/stage-upload.ts': [
    15,
    'fiducial predict and POST /predict, which speak English',
  ],
  'core/review/backup-task.ts': [1, 'a line of the log'],
  'core/review/handlers.ts': [1, BY_PROGRAMS],
  'core/review/store/columns.ts': [2, 'not said: whoever reads the row says that it is damaged'],
  'core/traces/handlers.ts': [1, BY_PROGRAMS],
  'main/trusted-ipc.ts': [2, BY_PROGRAMS],
  'renderer/transport/http.ts': [
    1,
    'a problem document as it came: the session and the port say them to programs',
  ],
  'server/viewer/files.ts': [2, BY_PROGRAMS],
  'server/viewer/rpc.ts': [1, BY_PROGRAMS],
  'shared/domain/result.ts': [2, '`err` itself'],
};

it('every sentence of a failure or a warning is said in every language, but for those that are English on purpose', () => {
  const found: Record<string, number> = {};
  for (const entry of readdirSync(SRC, { recursive: true, encoding: 'utf8' })) {
    const name = entry.replaceAll('\\', '/');
    if (!name.endsWith('.ts') || /\.test\.ts$|testing|transport\/mock/.test(name)) continue;
    if (!SEEN.some((folder) => name.startsWith(folder))) continue;
    if (Object.keys(ON_A_TERMINAL).some((folder) => name.startsWith(folder))) continue;
    const count = inEnglishAlone(readFileSync(join(SRC, name), 'utf8'));
    if (count > 0) found[name] = count;
  }
  const meant = Object.entries(IN_ENGLISH).map(([name, [count]]) => [name, count] as const);
  expect(found).toEqual(Object.fromEntries(meant));
});

it('sees a sentence however it is made', () => {
  const made = [
    "err('not-found', 'No.')",
    "err(\n 'not-found',\n `No ${name}.`,\n)",
    "const refused = { code: 'checksum', message };",
    'warnings.push({ code, message: `No ${name}.` });',
    "const why = { message: 'No.' };",
    "const why = { message: kind === 'a' ? 'No.' : `Not ${kind}.` };",
  ];
  expect(made.map(inEnglishAlone)).toEqual(made.map(() => 1));
  const said = [
    "errSaid('not-found', 'files.empty', { file })",
    "const failure = { code: 'not-found', message: 'No.', said };",
    'const row = { code, message, ...(said && { said }) };',
    'const passedOn = { message };',
    'const quoted = { message: String(error) };',
  ];
  expect(said.map(inEnglishAlone)).toEqual(said.map(() => 0));
});

/** Failures and warnings in a source that are made of a sentence and not of its key. */
function inEnglishAlone(source: string): number {
  if (!/\berr\(|\bmessage\b/.test(source)) return 0;
  let count = 0;
  const walk = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(file) === 'err') count++;
    if (ts.isObjectLiteralExpression(node) && isUntold(node)) count++;
    ts.forEachChild(node, walk);
  };
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest);
  const isUntold = ({ properties }: ts.ObjectLiteralExpression): boolean => {
    const names = properties.map((one) =>
      ts.isSpreadAssignment(one) ? one.getText(file) : (one.name?.getText(file) ?? ''),
    );
    if (names.some((name) => /\bsaid\b/.test(name))) return false;
    const message = properties[names.indexOf('message')];
    if (message === undefined) return false;
    return names.includes('code') || (ts.isPropertyAssignment(message) && hasText(message));
  };
  walk(file);
  return count;
}

/** Whether a value is, or chooses between, texts that stand in the source. */
function hasText(node: ts.Node): boolean {
  if (ts.isPropertyAssignment(node)) return hasText(node.initializer);
  if (ts.isConditionalExpression(node)) return hasText(node.whenTrue) || hasText(node.whenFalse);
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}
