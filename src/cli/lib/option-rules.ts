import type { Command } from 'commander';
import { EXIT } from './exit-codes';

/** Options that mean something only with some others, or without them. */
export interface OptionRule {
  /** Long names, as `--most`. */
  readonly options: readonly string[];
  /** Whether they mean something beside the values of all options. */
  counts(values: Readonly<Record<string, unknown>>): boolean;
  /** What they are for, after their name: `is for --explain alone`. */
  readonly what: string;
}

/**
 * Refuses, as wrong use, an option that is given and that the others make meaningless: whoever gives it believes that it
 * counts.
 */
export function withOptionRules(command: Command, rules: readonly OptionRule[]): Command {
  return command.hook('preAction', (_, acting) => {
    const values = acting.opts();
    for (const { options, counts, what } of rules) {
      const given = acting.options.find(
        (option) =>
          options.includes(option.long ?? '') &&
          acting.getOptionValueSource(option.attributeName()) === 'cli',
      );
      if (given && !counts(values)) {
        acting.error(`error: option '${given.long}' ${what}`, { exitCode: EXIT.wrongUse });
      }
    }
  });
}

/** A rule: these options count beside that one alone. */
export function onlyWith(other: string, ...options: readonly string[]): OptionRule {
  const key = keyOf(other);
  return { options, counts: (values) => isSet(values[key]), what: `is for ${other} alone` };
}

/** A rule: these options count for nothing beside that one. */
export function notWith(other: string, ...options: readonly string[]): OptionRule {
  const key = keyOf(other);
  return { options, counts: (values) => !isSet(values[key]), what: `means nothing with ${other}` };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== false;
}

/** Name of an option's value, as Commander makes it: `--log-format` is `logFormat`. */
function keyOf(long: string): string {
  return long.slice(2).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
