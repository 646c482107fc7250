import { InvalidArgumentError } from 'commander';

/** Parser of an option that counts something. */
export function positiveInteger(name: string, largest = 10_000): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > largest) {
      throw new InvalidArgumentError(`${name} is a whole number from 1 to ${largest}.`);
    }
    return value;
  };
}

/** Parser of an option that measures something. */
export function positiveNumber(name: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!(value > 0 && Number.isFinite(value))) {
      throw new InvalidArgumentError(`${name} is a number above 0.`);
    }
    return value;
  };
}

/** Parser of an option that is a time from the start of a recording. */
export function secondsFrom(name: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= 0 && Number.isFinite(value))) {
      throw new InvalidArgumentError(`${name} is a number of seconds, 0 or more.`);
    }
    return value;
  };
}

/** Parser of `--port`. */
export function portNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  }
  return value;
}

export const LEAD_HELP =
  'index of the lead to read, from 0 as "fiducial info" counts (default: the model chooses)';

/** Parser of `--lead`. */
export function leadIndex(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0) {
    throw new InvalidArgumentError('--lead is the index of a lead, from 0.');
  }
  return value;
}
