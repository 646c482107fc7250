import type { Patient } from '../../../shared/domain';
import { ageInYears } from '../shared/age';
import { clockText, dayText, type StatedStart } from '../shared/clock';
import { find, numberAt, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';

export function musePatient(root: XmlElement): Partial<Patient> {
  const person = find(root, 'PatientDemographics');
  const gender = textAt(person, 'Gender').toUpperCase();
  const names = [textAt(person, 'PatientFirstName'), textAt(person, 'PatientLastName')];
  const birth = dateParts(textAt(person, 'DateofBirth'));
  return {
    name: names.filter((name) => name !== '').join(' ') || null,
    id: textAt(person, 'PatientID') || null,
    birthDate: birth && dayText(birth.year, birth.month, birth.day),
    ageYears: ageInYears(numberAt(person, 'PatientAge'), textAt(person, 'AgeUnits')),
    sex: gender === 'FEMALE' ? 'F' : gender === 'MALE' ? 'M' : null,
  };
}

/** Wall clock of the acquisition; de-identified files have none. */
export function acquisitionClock(root: XmlElement): string | null {
  const test = find(root, 'TestDemographics');
  const date = dateParts(textAt(test, 'AcquisitionDate'));
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(textAt(test, 'AcquisitionTime'));
  if (!date || !time) return null;
  const [hour, minute, second] = [time[1], time[2], time[3] ?? '0'].map(Number);
  return clockText({ ...date, hour: hour!, minute: minute!, second: second! });
}

export function statedAcquisition(root: XmlElement): StatedStart {
  const test = find(root, 'TestDemographics');
  return { date: textAt(test, 'AcquisitionDate'), time: textAt(test, 'AcquisitionTime') };
}

/** MUSE writes MM-DD-YYYY wherever it was installed. */
function dateParts(text: string): { year: number; month: number; day: number } | null {
  const match = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text);
  return match && { month: Number(match[1]), day: Number(match[2]), year: Number(match[3]) };
}
