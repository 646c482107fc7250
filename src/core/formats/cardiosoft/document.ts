import type { Patient } from '../../../shared/domain';
import type { DeviceMeasurement, RecordedAnnotations } from '../open-recording';
import { ageInYears } from '../shared/age';
import { annotationColumns, type AnnotationRow } from '../shared/annotation-columns';
import { dayText, startClockText, type StatedStart } from '../shared/clock';
import { sexOf } from '../shared/sex';
import { find, findAll, finite, numberAt, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';

export function cardiosoftPatient(root: XmlElement): Partial<Patient> {
  const person = find(root, 'PatientInfo');
  const names = [textAt(person, 'Name', 'GivenName'), textAt(person, 'Name', 'FamilyName')];
  const birth = partsOf(find(person, 'BirthDateTime'), 'Year', 'Month', 'Day');
  const units = find(person, 'Age')?.attributes['units'] ?? '';
  return {
    name: names.filter((name) => name !== '').join(' ') || null,
    id: textAt(person, 'PID') || null,
    birthDate: birth && dayText(birth[0]!, birth[1]!, birth[2]!),
    ageYears: ageInYears(numberAt(person, 'Age'), units),
    sex: sexOf(textAt(person, 'Gender')),
  };
}

/** Wall clock of the observation, the time alone where no day is known. */
export function observationClock(root: XmlElement): string | null {
  const observed = find(root, 'ObservationDateTime');
  const day = partsOf(observed, 'Year', 'Month', 'Day');
  const time = partsOf(observed, 'Hour', 'Minute');
  if (!time) return null;
  return startClockText(day ? { year: day[0]!, month: day[1]!, day: day[2]! } : null, {
    hour: time[0]!,
    minute: time[1]!,
    second: numberAt(observed, 'Second') ?? 0,
  });
}

export function statedObservation(root: XmlElement): StatedStart {
  const stated = (...names: readonly string[]): string[] =>
    names
      .map((name) => textAt(find(root, 'ObservationDateTime'), name))
      .filter((text) => text !== '');
  return {
    date: stated('Year', 'Month', 'Day').join('-'),
    time: stated('Hour', 'Minute', 'Second').join(':'),
  };
}

/** Numbers of an element's parts, or null where one is absent. */
function partsOf(element: XmlElement | undefined, ...names: readonly string[]): number[] | null {
  const parts = names.map((name) => numberAt(element, name));
  return parts.every((part) => part !== null) ? parts : null;
}

/** Elements of `RestingECGMeasurements` with their names in words. */
const MEASURED = [
  ['VentricularRate', 'Ventricular rate'],
  ['PQInterval', 'PQ interval'],
  ['PDuration', 'P duration'],
  ['QRSDuration', 'QRS duration'],
  ['QTInterval', 'QT interval'],
  ['QTCInterval', 'QTc interval'],
  ['RRInterval', 'RR interval'],
  ['PPInterval', 'PP interval'],
  ['PAxis', 'P axis'],
  ['RAxis', 'QRS axis'],
  ['TAxis', 'T axis'],
] as const;

const UNITS = new Map<string, string>(Object.entries({ BPM: 'bpm', degrees: 'deg' }));

/** What CardioSoft measured and stated. */
export function measurementsOf(root: XmlElement): readonly DeviceMeasurement[] {
  const values = MEASURED.flatMap(([element, name]) => {
    const measured = find(root, 'RestingECGMeasurements', element);
    const value = measured?.text.trim() ?? '';
    const units = measured?.attributes['units'] ?? '';
    return value === '' ? [] : [{ name, value, units: UNITS.get(units) ?? units }];
  });
  const statements = findAll(root, 'Interpretation', 'Diagnosis', 'DiagnosisText').map(({ text }) =>
    text.trim(),
  );
  return [
    ...values,
    ...statements
      .filter((text) => /\w/.test(text))
      .map((value) => ({ name: 'Diagnosis', value, units: '' })),
  ];
}

/** Beats that CardioSoft found in the strip: `Time` in milliseconds, each followed by its `BeatClass`. */
export function beatAnnotations(strip: XmlElement): readonly RecordedAnnotations[] {
  const rows: AnnotationRow[] = [];
  let timeMs: number | null = null;
  for (const { name, text } of find(strip, 'ArrhythmiaResults')?.children ?? []) {
    if (name === 'Time') timeMs = finite(text);
    else if (name === 'BeatClass' && timeMs !== null) {
      const beatClass = text.trim();
      const isDominant = beatClass === 'dominant';
      rows.push({
        timeS: timeMs / 1000,
        symbol: isDominant ? 'N' : 'Q',
        aux: isDominant ? '' : beatClass,
      });
    }
  }
  return rows.length > 0 ? [annotationColumns('device', rows)] : [];
}
