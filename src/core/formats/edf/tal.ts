/** Time-stamped annotations lists (TAL) of EDF+, section 2.2.2: `+onset[\x15duration]\x14text\x14...\x14\x00`. */
export interface Tal {
  /** Seconds after the start time of the header. */
  readonly onsetS: number;
  /** 0 where none is given. */
  readonly durationS: number;
  readonly texts: readonly string[];
}

const ONSET = /^[-+]\d+(\.\d*)?$/;
const DURATION = /^\d+(\.\d*)?$/;
const utf8 = new TextDecoder('utf-8');

/**
 * The lists in one data record of an annotation signal.
 * @returns the lists that can be read, and how many could not
 */
export function parseTals(bytes: Uint8Array): { tals: Tal[]; broken: number } {
  const tals: Tal[] = [];
  let broken = 0;
  for (let start = 0; start < bytes.length;) {
    if (bytes[start] === 0) {
      start++;
      continue;
    }
    const zero = bytes.indexOf(0, start);
    const end = zero < 0 ? bytes.length : zero;
    const tal = parseTal(bytes.subarray(start, end));
    if (tal) tals.push(tal);
    else broken++;
    start = end + 1;
  }
  return { tals, broken };
}

const [PLUS, MINUS, POINT, DIGIT_0, DIGIT_9] = [0x2b, 0x2d, 0x2e, 0x30, 0x39];

/** Whether a data record's annotations are its own onset and nothing else: `+12.5\x14\x14\x00` and zeros. */
export function holdsTimeAlone(bytes: Uint8Array): boolean {
  if (bytes[0] !== PLUS && bytes[0] !== MINUS) return false;
  let at = 1;
  while (bytes[at]! >= DIGIT_0 && bytes[at]! <= DIGIT_9) at++;
  if (at === 1) return false;
  if (bytes[at] === POINT) at++;
  while (bytes[at]! >= DIGIT_0 && bytes[at]! <= DIGIT_9) at++;
  if (bytes[at] !== 0x14 || bytes[at + 1] !== 0x14) return false;
  for (at += 2; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
}

function parseTal(bytes: Uint8Array): Tal | null {
  const [stamp, ...texts] = utf8.decode(bytes).split('\x14');
  const [onset, duration = '0', ...more] = stamp!.split('\x15');
  // Every text is followed by \x14, so that the last part is empty.
  if (texts.length === 0 || more.length > 0 || !ONSET.test(onset!)) return null;
  if (duration !== '' && !DURATION.test(duration)) return null;
  if (texts.at(-1) === '') texts.pop();
  return { onsetS: Number(onset), durationS: Number(duration), texts };
}
