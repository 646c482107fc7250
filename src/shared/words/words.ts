import { IntlMessageFormat } from 'intl-messageformat';
import type { ValuesOf, Values, WordKey } from './catalogue';
import { en } from './en';
import { es } from './es';
import type { Language } from './language';

/** Says things in one language. */
export interface Words {
  readonly language: Language;
  /** The text of a key with its parameters filled in (ICU message syntax: `{name}`, `{n, plural, ...}`). */
  say<Key extends WordKey>(key: Key, ...values: ValuesOf<Key>): string;
  /** A number with so many digits after the language's decimal mark, as in `0.88` and `0,88`; minus is U+2212. */
  number(value: number, digits?: number): string;
  /**
   * A number that stands beside limits, with so many digits, or with more where it would contradict one of them: 49.7 bpm
   * are not the 50 bpm that they are below.
   */
  numberBeside(value: number, digits: number, limits: readonly number[]): string;
  /** A text whose numbers were written with a point, as `0.5–40 Hz`, with the language's decimal mark. */
  marked(text: string): string;
}

interface CatalogueText {
  readonly format: IntlMessageFormat;
  /** Names of the parameters that a plural, a choice or a number is made of. */
  readonly counted: ReadonlySet<string>;
}

const CATALOGUES = { en, es } as const;
const DECIMAL_MARKS: Readonly<Record<Language, string>> = { en: '.', es: ',' };
const made = new Map<Language, Words>();

/**
 * Each language here is one that every runtime knows. Asked whether it does, ICU looks through all locales for what numbers
 * need, 15 to 25 ms of each process; numbers are written by `number`.
 */
IntlMessageFormat.resolveLocale = (language) =>
  new Intl.Locale(typeof language === 'string' ? language : language[0]!);

/** The words of a language. */
export function wordsIn(language: Language): Words {
  let words = made.get(language);
  if (!words) made.set(language, (words = makeWords(language)));
  return words;
}

/** What logs, commands, files and the API say. */
export const english: Words = wordsIn('en');

/**
 * English as signatures of reports were first made with it: what is signed is a digest of these words, and stays signed
 * when one of them is put better.
 */
const AS_SIGNED: Partial<Record<WordKey, string>> = {
  'reportConclusion.mean': 'Mean rate {mean}; lowest ',
  'reportConclusion.beats': '{n} beats',
  'reportConclusion.highest': ' over 8 beats, highest ',
  'reportConclusion.highestNormal': ' over 8 beats, highest of normal beats ',
  'reportConclusion.overBeats': '',
  'reportConclusion.fastestTachycardia': ', fastest ',
  'values.lowestBpm': '{n} bpm',
  'values.highestBpm': '{n} bpm',
  'reportNouns.flagged-unclear':
    '{n, plural, one {stretch flagged, cause unclear} other {stretches flagged, cause unclear}}',
  'reportSummary.rates': 'Rate, bpm; extremes over 8 beats',
};

/** What digests of signed reports and the figures that are kept with them are said in. */
export const englishAsSigned: Words = {
  ...makeWords('en', AS_SIGNED),
  numberBeside: (value, digits) => english.number(value, digits),
};

/** Languages as the halves of the day were first named in their reports: a reader's sentence stands for one of these too. */
export const wordsBefore: readonly Words[] = (Object.keys(CATALOGUES) as Language[]).map(
  (language) => makeWords(language, { 'calendar.am': 'AM', 'calendar.pm': 'PM' }),
);

/** @param instead texts that are said instead of the catalogue's */
function makeWords(language: Language, instead: Partial<Record<WordKey, string>> = {}): Words {
  const catalogue: Readonly<Record<string, Readonly<Record<string, string>>>> =
    CATALOGUES[language];
  const formats = new Map<string, CatalogueText>();
  const rules: Partial<Record<Intl.PluralRuleType, Intl.PluralRules>> = {};
  const number = (value: number, digits?: number): string => {
    const text = digits === undefined ? String(Math.abs(value)) : Math.abs(value).toFixed(digits);
    const [whole = '', fraction] = text.split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
    // What rounds to zero has no sign.
    const sign = value < 0 && Number(text) !== 0 ? '\u2212' : '';
    return `${sign}${grouped}${fraction === undefined ? '' : DECIMAL_MARKS[language] + fraction}`;
  };
  const marked = (text: string): string =>
    text.replaceAll(/(?<=\d)\.(?=\d)/g, DECIMAL_MARKS[language]);
  const formatOf = (key: WordKey): CatalogueText => {
    let known = formats.get(key);
    if (!known) {
      const [area = '', name = ''] = key.split('.');
      const text = instead[key] ?? catalogue[area]?.[name];
      if (text === undefined) throw new Error(`No words for ${key} in ${language}.`);
      const format = new IntlMessageFormat(text, language, undefined, {
        ignoreTag: true,
        formatters: {
          // A text is a number whose digits were chosen where it was measured, as `0.050`.
          getNumberFormat: () =>
            ({
              format: (value: number | string) =>
                typeof value === 'string' ? marked(value) : number(value),
            }) as unknown as Intl.NumberFormat,
          getDateTimeFormat: (...given) => new Intl.DateTimeFormat(...given),
          getPluralRules: (_, options) => {
            const type = options?.type ?? 'cardinal';
            return (rules[type] ??= new Intl.PluralRules(language, { type }));
          },
        },
      });
      const counted = new Set([...text.matchAll(/\{(\w+), /g)].map(([, name]) => name!));
      formats.set(key, (known = { format, counted }));
    }
    return known;
  };
  /** A fraction that stands as it is given has the language's mark; what is counted stays a number. */
  const withMarks = (values: Values, counted: ReadonlySet<string>): Values => {
    const given = Object.entries(values);
    if (!given.some(([, value]) => isFraction(value))) return values;
    return Object.fromEntries(
      given.map(([name, value]) => [
        name,
        isFraction(value) && !counted.has(name) ? marked(String(value)) : value,
      ]),
    );
  };
  return {
    language,
    number,
    numberBeside: (value, digits, limits) => number(value, digitsBeside(value, digits, limits)),
    marked,
    say(key, ...[values]) {
      const { format, counted } = formatOf(key);
      return String(format.format(values && withMarks(values as Values, counted)));
    },
  };
}

/** A value may be a sample away from a limit: 49.995 bpm in eight intervals at 1000 Hz. */
const MORE_DIGITS = 4;
/** What differs by less is one number. */
const ROUNDING = 1e-9;

/** The fewest digits, from `digits` on, with which a number stands on the same side of every limit as it does. */
function digitsBeside(value: number, digits: number, limits: readonly number[]): number {
  const side = (of: number, limit: number): number =>
    Math.abs(of - limit) <= ROUNDING * Math.abs(limit) ? 0 : Math.sign(of - limit);
  const holds = (text: string): boolean =>
    limits.every((limit) => side(Number(text), limit) === side(value, limit));
  for (let more = digits; more < digits + MORE_DIGITS; more++)
    if (holds(value.toFixed(more))) return more;
  return digits + MORE_DIGITS;
}

function isFraction(value: string | number): boolean {
  return typeof value === 'number' && !Number.isInteger(value);
}
