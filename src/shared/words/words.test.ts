import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it, vi } from 'vitest';
import { en } from './en';
import { es } from './es';
import { languageOf, LANGUAGES } from './language';
import { wordsIn } from './words';

/** Names of the parameters of a message, each once, sorted. */
function parameters(text: string): string[] {
  const names = new Set<string>();
  const walk = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      names.add(element.value);
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        for (const { value } of Object.values(element.options)) walk(value);
      }
    }
  };
  walk(parse(text, { ignoreTag: true }));
  return [...names].sort();
}

const texts = (catalogue: object): [string, string][] =>
  Object.entries(catalogue).flatMap(([area, names]) =>
    Object.entries(names as Record<string, string>).map(([name, text]): [string, string] => [
      `${area}.${name}`,
      text,
    ]),
  );

/** No count, or one that is never one: a limit of two or more, and several things that are named together. */
const NEVER_ONE = new Set([
  'about.whereItRuns',
  'beats.takeAll',
  'decisions.onSegments',
  'devices.agreesFaster',
  'devices.agreesSlower',
  'events.allLeads',
  'failures.endedFromOutside',
  'files.frameOverLimit',
  'files.moreAnnotations',
  'files.rowFar',
  'files.rowsGaps',
  'files.tooManyAnnotations',
  'files.zipEntryRatio',
  'files.zipRecordLarge',
  'findings.svInARow',
  'findings.timesInterval',
  'findings.ventricularInARow',
  'general.fieldFull',
  'limits.halfHours',
  'measure.beatsOf',
  'reasons.fewNormalBeats',
  'reasons.noNormalBeat',
  'reasons.oneNormalBeat',
  'reportEnd.thresholds',
  'reportPages.leads',
  'reportPages.offPaper',
  'reportPages.rows',
  'reportPages.wholeHint',
  'values.urgentVt',
  'warnings.edfHeldFirst',
  'warnings.manyRecords',
  'warnings.moreRhythmStrips',
  'warnings.moreStrips',
  'worklist.whenVt',
]);

describe('catalogues', () => {
  const english = new Map(texts(en));
  const spanish = new Map(texts(es));

  it('say the same things with the same parameters', () => {
    expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort());
    const differing = [...english].filter(
      ([key, text]) => parameters(text).join() !== parameters(spanish.get(key) ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it('begin and end with the same space, so that what is joined to them joins alike', () => {
    const edges = (text: string): string => JSON.stringify(/^(\s*).*?(\s*)$/s.exec(text)!.slice(1));
    const differing = [...english].filter(
      ([key, text]) => edges(text) !== edges(spanish.get(key) ?? ''),
    );
    expect(differing).toEqual([]);
  });

  it('say unsure with one word', () => {
    for (const [key, text] of english) {
      expect([key, /dudoso/i.test(spanish.get(key)!)]).toEqual([key, /unsure/i.test(text)]);
    }
    expect([...spanish].filter(([, text]) => /no segur/i.test(text))).toEqual([]);
  });

  it('place what was found by no word that a clock or a time from the start alone would want', () => {
    const placing = [...spanish].filter(([, text]) => /\b(en|a las) \{(at|time)\}/.test(text));
    // These two are said of a clock alone.
    expect(placing.map(([key]) => key)).toEqual(['reportConclusion.atClock', 'reportPages.at']);
  });

  it('name keys as a Spanish keyboard does', () => {
    const foreign = /\b(Shift|Enter|Space|Delete|Home|End|Page ?(Up|Down))\b/;
    expect([...spanish].filter(([, text]) => foreign.test(text))).toEqual([]);
  });

  it('count what they count by the number, one as many', () => {
    // What stands after a number in the branch for many of some text is a thing that is counted.
    const many = /other \{(?:[^{}]|\{\w+\})*?(?:#|\{\w+\}) (\p{L}{3,}s)\b/gu;
    for (const catalogue of [english, spanish]) {
      const all = [...catalogue.values()].join('\n');
      const nouns = new Set([...all.matchAll(many)].map(([, noun]) => noun!));
      const wrong = [...catalogue].filter(
        ([key, text]) =>
          !NEVER_ONE.has(key) &&
          !text.includes('plural') &&
          [...text.matchAll(/\{\w+\} (\p{L}+)(?!\/)\b/gu)].some(([, noun]) => nouns.has(noun!)),
      );
      expect(nouns.size).toBeGreaterThan(5);
      expect(wrong).toEqual([]);
    }
  });

  it('name the marks of the averaged beat in a word that fits between two of them', () => {
    for (const name of ['pOnset', 'pEnd', 'qrsOnset', 'qrsEnd', 'tEnd'] as const)
      expect(es.measure[`mark_${name}`].length).toBeLessThanOrEqual(
        en.measure[`mark_${name}`].length,
      );
  });

  it('leave nothing empty', () => {
    expect([...english, ...spanish].filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

describe('words', () => {
  it('fill in parameters in each language', () => {
    const said = LANGUAGES.map((language) =>
      wordsIn(language).say('settings.notALogo', { name: 'a.gif' }),
    );
    expect(said).toEqual([
      'a.gif is no PNG or JPEG of half a megabyte at the most.',
      'a.gif no es un PNG o JPEG de medio megabyte como máximo.',
    ]);
  });

  it('write numbers with the decimal mark of the language', () => {
    expect(wordsIn('en').number(-1234.5, 2)).toBe('\u22121\u202f234.50');
    expect(wordsIn('es').number(-1234.5, 2)).toBe('\u22121\u202f234,50');
    expect(wordsIn('es').number(-0.001, 2)).toBe('0,00');
  });

  it('write a fraction that is filled in with the decimal mark of the language', () => {
    const said = LANGUAGES.map((language) => [
      wordsIn(language).say('warnings.statedRate', { rate: 128.5 }),
      wordsIn(language).say('warnings.implausibleGain', { mv: '0.050', gain: 1000, unit: 'mV' }),
    ]);
    expect(said).toEqual([
      [
        'Stated by a reader and not by the file: the sampling rate of 128.5 Hz.',
        'The typical deflection is 0.050 mV, which no ECG has: the gain of 1000 ADU/mV is probably wrong.',
      ],
      [
        'Indicado por un lector y no por el archivo: la frecuencia de muestreo de 128,5 Hz.',
        'La deflexión típica es de 0,050 mV, que ningún ECG tiene: la ganancia de 1000 ADU/mV es probablemente errónea.',
      ],
    ]);
  });

  it('agree with one as with many', () => {
    const { say } = wordsIn('es');
    expect([
      say('segments.rejected', { n: '1', agreement: '' }),
      say('beats.leftOut', { n: '1' }),
      say('beats.wouldClose', { what: say('counted.segment', { n: 1 }) }),
      say('beats.closed', { what: say('counted.run', { n: 1 }) }),
      say('scan.progress', { done: '0', total: '1' }),
      say('reportEnd.rejectedBeats', { count: '1' }),
      say('reportEnd.rejectedBeats', { count: '1\u202f204' }),
    ]).toEqual([
      '1 rechazado',
      '1 latido más no cuenta: ilegible o rechazado.',
      'cerraría 1 segmento',
      'ha cerrado 1 salva',
      '0 de 1 registro',
      ', 1 latido',
      ', 1\u202f204 latidos',
    ]);
  });

  it('count by the rules of their language, which are made once', () => {
    const { PluralRules } = Intl;
    const made = vi.spyOn(Intl, 'PluralRules').mockImplementation(function (...given) {
      return new PluralRules(...given);
    });
    const said = [1, 2].flatMap((n) => [
      wordsIn('es').say('counted.beat', { n }),
      wordsIn('es').say('counted.pause', { n }),
    ]);
    expect(said).toEqual(['1 latido', '1 pausa', '2 latidos', '2 pausas']);
    expect(made.mock.calls.length).toBeLessThanOrEqual(1);
    made.mockRestore();
  });

  it('follow the system unless a language was chosen', () => {
    expect(languageOf('system', 'es-MX')).toBe('es');
    expect(languageOf('system', 'de-DE')).toBe('en');
    expect(languageOf('en', 'es-ES')).toBe('en');
  });
});
