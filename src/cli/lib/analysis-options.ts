import type { Command } from 'commander';
import type { Stated } from '../../core/workbench';
import { LEAD_HELP, leadIndex, positiveNumber } from './options';

/** What a person states of a recording whose file leaves it out. */
export interface StatedOptions {
  fs?: number;
  gain?: number;
}

/** What every command that analyses understands. */
export interface AnalysisOptions extends StatedOptions {
  lead?: number;
}

/** Adds `--fs` and `--gain` to a command that opens recordings. */
export function withStatedOptions(command: Command): Command {
  return command
    .option('--fs <hz>', 'sampling rate of files that state none', positiveNumber('--fs'))
    .option('--gain <adu>', 'ADU per mV of files that state none', positiveNumber('--gain'));
}

/** Adds `--lead`, `--fs` and `--gain` to a command that analyses recordings. */
export function withAnalysisOptions(command: Command): Command {
  return withStatedOptions(command.option('--lead <n>', LEAD_HELP, leadIndex));
}

export function statedOf({ fs, gain }: StatedOptions): Stated {
  return {
    ...(fs === undefined ? {} : { samplingRateHz: fs }),
    ...(gain === undefined ? {} : { gainAduPerMv: gain }),
  };
}
