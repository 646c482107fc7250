import { expect, it } from 'vitest';
import { wordsIn } from '../words';
import { FIBRILLATION_REASON, tachycardiaReason } from './pressing-reason';
import { reasonInWords, toldReason } from './reason-words';
import { Failure } from './failure';
import { errSaid, inWords, toldBy, toldList, toldTogether, warningSaid } from './said';

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

it('what has no words is marked as English, by the kind of failure that it is; so is what another version says', () => {
  expect(inWords({ message: 'No.' }, spanish)).toBe('No. (en inglés)');
  for (const key of ['failures.ofTomorrow', 'failures.constructor', 'constructor', 'events.event'])
    expect(inWords({ message: 'No.', said: { key, values: {} } }, spanish)).toBe('No. (en inglés)');
  const failure = { code: 'bad-header', message: 'e.scp: section 2 is not at byte {312}.' };
  expect(inWords(failure, spanish)).toBe(
    'Lo que el archivo dice de sí mismo está dañado o no respeta su formato ' +
      '(en inglés: e.scp: section 2 is not at byte {312}.)',
  );
  expect(inWords(failure, wordsIn('en'))).toBe(failure.message);
});

it('a sentence within a sentence is said in the same language', () => {
  const file = errSaid('not-found', 'failures.notThere', { name: 'r.dat' }).error;
  const { error } = errSaid('bad-annotation', 'failures.noReference', { why: file });
  expect(error.message).toBe(
    'r.dat does not exist. What they say of a beat is not known, so they are no reference.',
  );
  const carried = Failure.parse(JSON.parse(JSON.stringify(error)));
  expect(inWords(carried, spanish)).toBe(
    'r.dat no existe. No se sabe qué dicen de un latido, así que no sirven de referencia.',
  );
});

it('a warning likewise', () => {
  const said = { leads: 'II', gain: 200 };
  const warning = warningSaid('gain-assumed', 'warnings.gainAssumed', said);
  expect(warning.message).toBe('No gain is given for II; 200 ADU/mV was assumed.');
  expect(inWords(warning, spanish)).toBe(
    'No se indica ganancia para II; se han supuesto 200 ADU/mV.',
  );
});

it('parts and sentences one after the other are each said in the language of a reader', () => {
  const names = toldList(['II', toldBy('warnings.noLabel'), 'V1']);
  const warning = warningSaid('no-scale', 'warnings.edfNoScale', { file: 'r.edf', names });
  expect(warning.message).toMatch(/^r\.edf: II, a signal without a label, V1: the physical and/);
  expect(inWords(warning, spanish)).toMatch(/^r\.edf: II, una señal sin etiqueta, V1: los mínimos/);
  expect(toldList(['II', 'V1'])).toBe('II, V1');
  const told = toldTogether([
    toldBy('failures.noModelNamed', { id: 'x' }),
    toldBy('failures.nothingAnalysed'),
  ]);
  expect(told.message).toBe('There is no model "x". Nothing is analysed.');
  expect(inWords(told, spanish)).toBe('No existe el modelo «x». No se analiza nada.');
});

it('a reason within a sentence likewise, its number with the decimal mark of the language', () => {
  const said = { n: 3, name: 'r', reason: toldReason('no heartbeat for 3.4 s') };
  const { error } = errSaid('unsupported', 'files.segmentUnreadable', said);
  expect(error.message).toBe(
    'Segment 3 of r is Unreadable (no heartbeat for 3.4 s); the model did not look at it.',
  );
  expect(inWords(Failure.parse(structuredClone(error)), spanish)).toBe(
    'El segmento 3 de r es ilegible (sin latido durante 3,4 s); el modelo no lo ha mirado.',
  );
  expect(toldReason('what nobody knows')).toEqual({ message: 'what nobody knows' });
});

it('reasons are said in the language of a reader, their numbers with its decimal mark', () => {
  const written = [
    ...['flat', 'clipped', 'held samples', 'missing samples', 'noise'],
    ...['recording shorter than a segment', 'no answer from the model', 'no heartbeat found'],
    ...['no heartbeat for 3.4 s', 'pause of 2.1 s', 'atrial fibrillation', 'ventricular beat'],
    ...['atrial fibrillation or flutter', '38 bpm', 'no heartbeat found for 3.4 s'],
    FIBRILLATION_REASON,
    tachycardiaReason(241.3),
  ];
  const said = written.map((reason) => reasonInWords(reason, spanish));
  expect(said.filter((text, i) => text === written[i])).toEqual([]);
  expect(said).toContain('sin latido durante 3,4 s');
  expect(reasonInWords('what nobody knows', spanish)).toBe('what nobody knows');
  expect(written.map((reason) => reasonInWords(reason, wordsIn('en')))).toEqual(written);
});
