/** What a person stated of a file that leaves it out: its sampling rate, its gain. */
export interface Stated {
  readonly samplingRateHz?: number | undefined;
  readonly gainAduPerMv?: number | undefined;
}

const NUMBER = String.raw`(\d+(?:\.\d+)?(?:e[+-]?\d+)?)`;
const ENDING = new RegExp(String.raw`\?(?=[fg])(?:fs=${NUMBER})?&?(?:gain=${NUMBER})?$`);

/**
 * The path that opens a file with what was stated of it, as in `/x/a.mat?fs=500&gain=200`: whoever opens the recording
 * by its path, in whatever thread, opens it alike.
 * @param path with or without an earlier statement, which this one replaces
 */
export function statedPath(path: string, { samplingRateHz, gainAduPerMv }: Stated): string {
  const parts = [
    ...(samplingRateHz === undefined ? [] : [`fs=${samplingRateHz}`]),
    ...(gainAduPerMv === undefined ? [] : [`gain=${gainAduPerMv}`]),
  ];
  const { file } = splitStated(path);
  return parts.length > 0 ? `${file}?${parts.join('&')}` : file;
}

/** The file itself, and what was stated of it; null where nothing was. */
export function splitStated(path: string): { file: string; stated: Stated | null } {
  const match = ENDING.exec(path);
  if (!match) return { file: path, stated: null };
  const [, fs, gain] = match;
  const stated = {
    ...(fs === undefined ? {} : { samplingRateHz: Number(fs) }),
    ...(gain === undefined ? {} : { gainAduPerMv: Number(gain) }),
  };
  return { file: path.slice(0, match.index), stated };
}
