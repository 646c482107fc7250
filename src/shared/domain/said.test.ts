import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { expect, it } from 'vitest';
import { wordsIn } from '../words';
import { reasonInWords } from './reason-words';
import { Failure } from './result';
import { errSaid, inWords, warningSaid } from './said';

const SRC = resolve(import.meta.dirname, '../..');
const spanish = wordsIn('es');

it('a failure says its sentence in English, and in the language of a reader', () => {
  const { error } = errSaid('conflict', 'failures.changedWhileRead', { name: 'r.hea' });
  expect(error).toMatchObject({
    code: 'conflict',
    message: 'The files of r.hea changed while they were read; read them again.',
  });
  const carried = Failure.parse(structuredClone(error));
  expect(inWords(carried, spanish)).toBe(
    'Los archivos de r.hea cambiaron mientras se leían; léalos de nuevo.',
  );
});

it('what has no words is said as it came, and so is what another version says', () => {
  expect(inWords({ message: 'No.' }, spanish)).toBe('No.');
  for (const key of ['failures.ofTomorrow', 'failures.constructor', 'constructor', 'events.event'])
    expect(inWords({ message: 'No.', said: { key, values: {} } }, spanish)).toBe('No.');
});

it('a warning likewise', () => {
  const said = { leads: 'II', gain: 200 };
  const warning = warningSaid('gain-assumed', 'warnings.gainAssumed', said);
  expect(warning.message).toBe('No gain is given for II; 200 ADU/mV was assumed.');
  expect(inWords(warning, spanish)).toBe(
    'No se indica ganancia para II; se han supuesto 200 ADU/mV.',
  );
});

it('reasons are said in the language of a reader, their numbers with its decimal mark', () => {
  const written = [
    ...['flat', 'clipped', 'held samples', 'missing samples', 'noise'],
    ...['recording shorter than a segment', 'no answer from the model', 'no heartbeat found'],
    ...['no heartbeat for 3.4 s', 'pause of 2.1 s', 'atrial fibrillation', 'ventricular beat'],
    ...['atrial fibrillation or flutter', '38 bpm'],
  ];
  const said = written.map((reason) => reasonInWords(reason, spanish));
  expect(said.filter((text, i) => text === written[i])).toEqual([]);
  expect(said).toContain('sin latido durante 3,4 s');
  expect(reasonInWords('what nobody knows', spanish)).toBe('what nobody knows');
  expect(written.map((reason) => reasonInWords(reason, wordsIn('en')))).toEqual(written);
});

/**
 * Sentences that a reader can meet in English alone, by room: failures, and warnings. They may only become fewer: whoever
 * gives one its words with `errSaid` or `warningSaid` lowers the number here.
 */
const IN_ENGLISH_ALONE: Readonly<Record<string, number>> = {
  ...{ 'core/analysis': 27, 'core/beats': 7, 'core/convert': 1, 'core/formats': 174 },
  ...{ 'core/inference': 11, 'core/processes': 2, 'core/recordings': 22, 'core/report': 2 },
  ...{ 'core/review': 20, 'core/scan': 5, 'core/traces': 4, main: 3 },
};
/** What the command line alone says. */
const NO_PAGE = new Set(['core/evaluation', 'core/queue', 'core/training-data']);

it('no sentence is added that there is in English alone', () => {
  const found: Record<string, number> = {};
  for (const name of readdirSync(SRC, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || /\.test\.ts$|testing/.test(name)) continue;
    const [first, second] = relative(SRC, join(SRC, name)).split(sep);
    if (first !== 'core' && first !== 'main') continue;
    const text = readFileSync(join(SRC, name), 'utf8');
    const failures = text.match(/\berr\(\s*'[a-z-]+',/g) ?? [];
    const warnings = text.match(/\bcode: '[a-z-]+',\s*message: /g) ?? [];
    const room = first === 'core' ? `core/${second}` : first;
    const count = failures.length + warnings.length;
    if (count > 0) found[room] = (found[room] ?? 0) + count;
  }
  const more = Object.entries(found).filter(
    ([room, count]) => !NO_PAGE.has(room) && count > (IN_ENGLISH_ALONE[room] ?? 0),
  );
  expect(more).toEqual([]);
});
