import { Command } from 'commander';
import { expect, it } from 'vitest';
import { convertCommand } from '../commands/convert';
import { evaluateCommand } from '../commands/evaluate';
import { predictCommand } from '../commands/predict';
import { queueCommand } from '../commands/queue';
import { reviewCommand } from '../commands/review';
import { scanCommand } from '../commands/scan';
import { serveCommand } from '../commands/serve';
import { unknownFirst } from './unknown-first';

/** What a command says before it does anything, and its exit code; nothing where it would begin. */
async function refusal(command: Command, args: readonly string[]): Promise<string | null> {
  let begun = false;
  let said = '';
  for (const one of [command, ...command.commands]) {
    one.exitOverride().configureOutput({ writeErr: (text) => (said += text) });
    one.action(() => void (begun = true));
  }
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch {
    return said.trim();
  }
  expect(begun).toBe(true);
  return null;
}

const OUT = ['--out', '/nowhere'];

it.each([
  [evaluateCommand, ['db', '--delineation', '--lead', '0'], /--lead' means nothing with --del/],
  [evaluateCommand, ['db', '--explain', '--html', 'x'], /--html' means nothing with --explain/],
  [evaluateCommand, ['db', '--most', '3'], /--most' is for --explain alone/],
  [evaluateCommand, ['db', '--explain', '--from', '3'], /--from' is for --beats alone/],
  [evaluateCommand, ['db', '--beats', 'detector', '--model', 'm'], /--model' is for the beats of/],
  [evaluateCommand, ['db', '--beats', 'qrs', '--lead', '1'], /--lead' means nothing for beats of/],
  [
    predictCommand,
    ['r.dat', '--header', 'r.hea', '--fs', '9'],
    /--fs' means nothing with --header/,
  ],
  [scanCommand, ['db', ...OUT, '--ahead', '9'], /--ahead' is for --queue alone/],
  [
    scanCommand,
    ['db', ...OUT, '--queue', 'redis://x', '--workers', '2'],
    /--workers' means nothing/,
  ],
  [reviewCommand, ['r', '--as', 'Dr B'], /--as' is for --import alone/],
  [reviewCommand, ['r', '--second', 'Dr B'], /--second' is for --agreement alone/],
  [convertCommand, ['r', '--to', 'edf', ...OUT, '--lead', '1'], /--lead' is for what is found/],
  [serveCommand, ['--quiet', '--log-format', 'json'], /--log-format' means nothing with --quiet/],
  [queueCommand, ['pause', '--queue', 'redis://x', '--json'], /unknown option '--json'/],
] as const)('$name says which option would count for nothing: %j', async (make, args, says) => {
  expect(await refusal(make(), args)).toMatch(says);
});

it.each([
  [evaluateCommand, ['db', '--lead', '0', '--model', 'm', '--html', 'x', '--draws', '9']],
  [evaluateCommand, ['db', '--beats', '--model', 'm', '--lead', '1', '--from', '300']],
  [evaluateCommand, ['db', '--beats', 'detector', '--lead', '1']],
  [evaluateCommand, ['db', '--delineation', '--annotator', 'q1c', '--split', 'ds1', '--json']],
  [predictCommand, ['r.dat', '--fs', '9', '--gain', '2']],
  [scanCommand, ['db', ...OUT, '--queue', 'redis://x', '--ahead', '9', '--priority', 'high']],
  [scanCommand, ['db', ...OUT, '--workers', '9', '--no-store']],
  [reviewCommand, ['r', '--import', 'x.json', '--as', 'Dr B', '--reader', 'Dr A']],
  [convertCommand, ['r', '--to', 'csv', ...OUT, '--lead', '1']],
  [serveCommand, ['--log-format', 'json']],
  [queueCommand, ['status', '--queue', 'redis://x', '--json']],
] as const)('$name takes those that count: %j', async (make, args) => {
  expect(await refusal(make(), args)).toBeNull();
});

it.each([
  [scanCommand, ['d', '--ouput', 'x'], /^error: unknown option '--ouput'\n\(Did you mean --out\?\)$/],
  [convertCommand, ['d', '--outt=x', '--to', 'wfdb'], /^error: unknown option '--outt'\n\(Did you mean --out\?\)$/],
  [convertCommand, ['d', '-x'], /^error: unknown option '-x'$/],
  [convertCommand, ['d', '--to', 'wfdb'], /^error: required option '--out <dir>' not specified$/],
  [queueCommand, ['pause', '--queu', 'redis://x'], /^error: unknown option '--queu'\n\(Did you mean --queue\?\)$/],
] as const)('%o with %j names the wrong option, and what is near, before a missing one', async (make, args, said) => {
  const command = make();
  for (const one of [command, ...command.commands]) unknownFirst(one);
  expect(await refusal(command, args)).toMatch(said);
}); // oxfmt-ignore
