import { Command } from 'commander';
import { evaluateCommand } from './commands/evaluate';
import { predictCommand } from './commands/predict';
import { prepareCommand } from './commands/prepare';
import { scanCommand } from './commands/scan';
import { EXIT } from './lib/exit-codes';
import { version } from './lib/version';

const program = new Command('fiducial')
  .description(
    'ECG review workstation. Research and education only; not a medical device.\n' +
      'Results go to stdout, progress to stderr. Exit code 0: done; 1: some inputs failed; 2: wrong use.',
  )
  .version(version())
  .showHelpAfterError('(add --help for what this command understands)')
  .addCommand(scanCommand())
  .addCommand(predictCommand())
  .addCommand(evaluateCommand())
  .addCommand(prepareCommand());

// Commander ends with 1 on wrong use, which here means that inputs failed.
for (const command of [program, ...program.commands]) {
  command.exitOverride((end) => process.exit(end.exitCode === 0 ? EXIT.done : EXIT.wrongUse));
}
await program.parseAsync();
