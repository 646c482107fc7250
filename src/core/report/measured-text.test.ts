import { expect, it } from 'vitest';
import { err, ok } from '../../shared/domain';
import { english, wordsIn } from '../../shared/words';
import { measuredText } from './measured-text';
import { sampleReport } from './testing/sample-report';
import { sampleMeasurements } from './testing/sample-measurements';

const { recording } = sampleReport(0, 2);
const measured = sampleMeasurements(recording.leads.map(({ name }) => name));

it('says intervals with their units, ST with its sign, who moved a mark, and that nobody judged them', () => {
  expect(measuredText(measured, recording, english)).toEqual([
    'Averaged beat, 9 of 10 N beats, 0 to 10 s: Rate 61 bpm, PR 160 ms, QRS 94 ms, QT 432 ms, QTcB 437 ms, QTcF 435 ms, P 120 ms, QRS axis −57°',
    'ST, J + 60, mV: L1 +0.05, L2 −0.02',
    'Marks moved by hand: T end (Dr Moved)',
    'QTc from mean RR 977 ms. Axis from net QRS area in I and aVF. Measured, not interpreted.',
    'Conduction, ST and QT are not judged.',
  ]);
  const [first, st] = measuredText(measured, recording, wordsIn('es'));
  expect(first).toMatch(/^Latido promediado, 9 de 10 latidos N, .*Frecuencia 61 lpm, PR 160 ms/);
  expect(st).toBe('ST, J + 60, mV: L1 +0,05, L2 −0,02');
});

it('says why there is no averaged beat, and what the device measured all the same', () => {
  const device = { ...recording, measurements: [{ name: 'QT', value: '400', units: 'ms' }] };
  const missing = 'Paced: PR, QRS and QT are not measured.';
  const paced = ok({ ...measured.value, beat: null, missing });
  expect(measuredText(paced, device, english)).toEqual([
    missing,
    'As the device measured, not checked: QT 400 ms',
    'Conduction, ST and QT are not judged.',
  ]);
  const [said] = measuredText(err('unsupported', 'There is no ECG lead.'), recording, english);
  expect(said).toBe('There is no ECG lead.');
});

it('names leads in the order in which they are shown, whatever the order of the file', () => {
  const names = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'III', 'aVR', 'aVL', 'aVF'];
  const leads = names.map((name, index) => ({ ...recording.leads[0]!, name, index }));
  const said = measuredText(sampleMeasurements(names), { ...recording, leads }, english);
  expect(said[1]!.match(/[IVaRLF]+\d?(?= [+−])/g)).toEqual([
    'I',
    'II',
    'III',
    'aVR',
    'aVL',
    'aVF',
    'V1',
    'V2',
    'V3',
    'V4',
    'V5',
    'V6',
  ]);
});
