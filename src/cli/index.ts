import { Command } from 'commander';
import { makeConsolePlain, printable } from '../core/host';
import { annotateCommand } from './commands/annotate';
import { convertCommand } from './commands/convert';
import { detectCommand } from './commands/detect';
import { devicesCommand } from './commands/devices';
import { evaluateCommand } from './commands/evaluate';
import { infoCommand } from './commands/info';
import { measureCommand } from './commands/measure';
import { openCommand } from './commands/open';
import { predictCommand } from './commands/predict';
import { prepareCommand } from './commands/prepare';
import { reportCommand } from './commands/report';
import { findingsCommand } from './commands/findings';
import { queueCommand } from './commands/queue';
import { reviewCommand } from './commands/review';
import { scanCommand } from './commands/scan';
import { serveCommand } from './commands/serve';
import { storeCommand } from './commands/store';
import { workerCommand } from './commands/worker';
import { EXIT } from './lib/exit-codes';
import { version } from './lib/version';
import { watchStdout } from './lib/watch-stdout';

makeConsolePlain();
watchStdout();

const program = new Command('fiducial')
  .description(
    'ECG review workstation. Research and education only; not a medical device.\n' +
      'Results go to stdout, progress to stderr. Exit code 0: done; 1: some inputs failed; 2: wrong use.',
  )
  .version(version())
  .showHelpAfterError('(add --help for what this command understands)')
  .addCommand(openCommand())
  .addCommand(infoCommand())
  .addCommand(convertCommand())
  .addCommand(scanCommand())
  .addCommand(detectCommand())
  .addCommand(annotateCommand())
  .addCommand(predictCommand())
  .addCommand(findingsCommand())
  .addCommand(measureCommand())
  .addCommand(reviewCommand())
  .addCommand(reportCommand())
  .addCommand(serveCommand())
  .addCommand(devicesCommand())
  .addCommand(evaluateCommand())
  .addCommand(prepareCommand())
  .addCommand(storeCommand())
  .addCommand(workerCommand())
  .addCommand(queueCommand());

// Commander ends with 1 on wrong use, which here means that inputs failed.
for (const command of [
  program,
  ...program.commands,
  ...program.commands.flatMap((own) => own.commands),
]) {
  command.configureOutput({ writeErr: (text) => process.stderr.write(printable(text)) });
  command.exitOverride((end) => process.exit(end.exitCode === 0 ? EXIT.done : EXIT.wrongUse));
}
await program.parseAsync();
