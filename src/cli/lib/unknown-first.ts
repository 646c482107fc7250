import type { Command } from 'commander';

/**
 * Refuses an option that a command does not know before one that is missing: whoever writes `--ouput` for `--out` is told which word is
 * wrong, and what is near it, and not that `--out` is absent.
 */
export function unknownFirst(command: Command): Command {
  const parse = command.parseOptions.bind(command);
  command.parseOptions = (args) => {
    const parsed = parse(args);
    const [unknown] = parsed.unknown;
    const wantsHelp = parsed.unknown.some((word) => word === '--help' || word === '-h');
    if (unknown?.startsWith('-') && !wantsHelp && command.commands.length === 0)
      refuse(command, unknown.split('=')[0]!);
    return parsed;
  };
  return command;
}

/** Commander's own words, with what is near: not among its types. */
function refuse(command: Command, flag: string): void {
  (command as Command & { unknownOption(flag: string): void }).unknownOption(flag);
}
