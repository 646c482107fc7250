import type { Patient } from '../../../shared/domain';
import type { DeviceMeasurement } from '../open-recording';
import { ageInYears } from '../shared/age';
import { dayText, startClockText, type StatedStart } from '../shared/clock';
import { sexOf } from '../shared/sex';
import { find, findAll, numberAt, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';

export function philipsPatient(root: XmlElement): Partial<Patient> {
  const person = find(root, 'patient', 'generalpatientdata');
  const names = ['firstname', 'middlename', 'lastname'].map((part) =>
    known(textAt(person, 'name', part)),
  );
  const birth = /^(\d{4})-(\d{2})-(\d{2})/.exec(textAt(person, 'age', 'dateofbirth'));
  const [years, months, days] = ['years', 'months', 'days'].map((unit) =>
    ageInYears(numberAt(person, 'age', unit), unit),
  );
  return {
    name: names.filter((name) => name !== '').join(' ') || null,
    id: known(textAt(person, 'patientid')) || null,
    birthDate: birth && dayText(Number(birth[1]), Number(birth[2]), Number(birth[3])),
    ageYears: years ?? months ?? days ?? null,
    sex: sexOf(textAt(person, 'sex')),
  };
}

/** Fields that were scrubbed hold dashes. */
function known(text: string): string {
  return /^-+$/.test(text) ? '' : text;
}

/** Wall clock of the acquisition, the time alone where no day is known. */
export function acquisitionClock(root: XmlElement): string | null {
  const { date, time } = statedAcquisition(root);
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)?.slice(1).map(Number);
  const clock = /^(\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(time)?.slice(1);
  if (!clock) return null;
  const [hour, minute, second] = clock.map((part) => Number(part ?? 0));
  return startClockText(day ? { year: day[0]!, month: day[1]!, day: day[2]! } : null, {
    hour: hour!,
    minute: minute!,
    second: second!,
  });
}

export function statedAcquisition(root: XmlElement): StatedStart {
  const { date = '', time = '' } = find(root, 'dataacquisition')?.attributes ?? {};
  return { date, time };
}

/** Elements of an interpretation's measurements with their names in words, of versions 1.04 and 1.03. */
const MEASURED = [
  ['heartrate', 'Heart rate', 'bpm'],
  ['atrialrate', 'Atrial rate', 'bpm'],
  ['rrint', 'RR interval', 'ms'],
  ['pdur', 'P duration', 'ms'],
  ['print', 'PR interval', 'ms'],
  ['meanprint', 'PR interval', 'ms'],
  ['qrsdur', 'QRS duration', 'ms'],
  ['meanqrsdur', 'QRS duration', 'ms'],
  ['qtint', 'QT interval', 'ms'],
  ['meanqtint', 'QT interval', 'ms'],
  ['qtcb', 'QTc interval (Bazett)', 'ms'],
  ['qtcf', 'QTc interval (Fridericia)', 'ms'],
  ['meanqtc', 'QTc interval', 'ms'],
  ['pfrontaxis', 'P axis', 'deg'],
  ['qrsfrontaxis', 'QRS axis', 'deg'],
  ['tfrontaxis', 'T axis', 'deg'],
] as const;

/** What the device measured and stated, as edited where somebody did. */
export function measurementsOf(root: XmlElement): readonly DeviceMeasurement[] {
  const interpretation = find(root, 'interpretations', 'interpretation');
  const measured =
    find(interpretation, 'globalmeasurements') ??
    find(interpretation, 'interpretationmeasurements');
  const values = MEASURED.flatMap(([element, name, units]) => {
    // Empty, or `Failed`, `Indeterminate` and the like, where there was nothing to measure.
    return numberAt(measured, element) === null
      ? []
      : [{ name, value: textAt(measured, element), units }];
  });
  const statements = findAll(interpretation, 'statement').map((statement) =>
    [textAt(statement, 'leftstatement'), textAt(statement, 'rightstatement')]
      .filter((part) => part !== '')
      .join(': '),
  );
  return [
    ...values,
    ...[...statements, textAt(interpretation, 'severity')]
      .filter((value) => value !== '')
      .map((value) => ({ name: 'Interpretation', value, units: '' })),
  ];
}

/** Maker's model, as a comment. */
export function deviceOf(root: XmlElement): string[] {
  const machine = find(root, 'dataacquisition', 'machine');
  const words = [machine?.text.trim() ?? '', machine?.attributes['detaildescription'] ?? ''];
  const device = words.filter((part) => part !== '').join(', ');
  return device === '' ? [] : [`Device: ${device}`];
}
