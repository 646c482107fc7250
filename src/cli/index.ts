import { Command } from 'commander';
import { makeConsolePlain, printable } from '../core/host';
import { EXIT } from './lib/exit-codes';
import { unknownFirst } from './lib/unknown-first';
import { version } from './lib/version';
import { watchStdout } from './lib/watch-stdout';

makeConsolePlain();
watchStdout();

/** Commands in the order of the help. The one that is asked for is loaded alone: all together double a start. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  open: async () => (await import('./commands/open')).openCommand(),
  info: async () => (await import('./commands/info')).infoCommand(),
  convert: async () => (await import('./commands/convert')).convertCommand(),
  scan: async () => (await import('./commands/scan')).scanCommand(),
  detect: async () => (await import('./commands/detect')).detectCommand(),
  annotate: async () => (await import('./commands/annotate')).annotateCommand(),
  predict: async () => (await import('./commands/predict')).predictCommand(),
  findings: async () => (await import('./commands/findings')).findingsCommand(),
  measure: async () => (await import('./commands/measure')).measureCommand(),
  review: async () => (await import('./commands/review')).reviewCommand(),
  report: async () => (await import('./commands/report')).reportCommand(),
  serve: async () => (await import('./commands/serve')).serveCommand(),
  devices: async () => (await import('./commands/devices')).devicesCommand(),
  evaluate: async () => (await import('./commands/evaluate')).evaluateCommand(),
  compare: async () => (await import('./commands/compare')).compareCommand(),
  model: async () => (await import('./commands/model')).modelCommand(),
  dataset: async () => (await import('./commands/dataset')).datasetCommand(),
  prepare: async () => (await import('./commands/prepare')).prepareCommand(),
  settings: async () => (await import('./commands/settings')).settingsCommand(),
  store: async () => (await import('./commands/store')).storeCommand(),
  worker: async () => (await import('./commands/worker')).workerCommand(),
  queue: async () => (await import('./commands/queue')).queueCommand(),
};

const program = new Command('fiducial')
  .description(
    'ECG review workstation. Research and education only; not a medical device.\n' +
      'Results go to stdout, progress to stderr. Exit code 0: done; 1: some inputs failed; 2: wrong use;\n' +
      '130: stopped by Ctrl-C.',
  )
  .version(version())
  .showHelpAfterError('(add --help for what this command understands)');

const [, , word = ''] = process.argv;
for (const name of needed(word)) {
  program.addCommand(await COMMANDS[name]!());
}

// Commander ends with 1 on wrong use, which here means that inputs failed.
for (const command of [
  program,
  ...program.commands,
  ...program.commands.flatMap((own) => own.commands),
]) {
  command.configureOutput({ writeErr: (text) => process.stderr.write(printable(text)) });
  unknownFirst(command);
  command.exitOverride((end) => process.exit(end.exitCode === 0 ? EXIT.done : EXIT.wrongUse));
}
await program.parseAsync();

/** Names of the commands that a first argument needs: its own, of the version none, else all, for the help. */
function needed(first: string): readonly string[] {
  if (Object.hasOwn(COMMANDS, first)) return [first];
  return first === '--version' || first === '-V' ? [] : Object.keys(COMMANDS);
}
