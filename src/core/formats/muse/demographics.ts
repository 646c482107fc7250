import type { Patient } from '../../../shared/domain';
import { ageInYears } from '../shared/age';
import { dayText, startClockText, type Day, type StatedStart } from '../shared/clock';
import { sexOf } from '../shared/sex';
import { find, numberAt, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';

export function musePatient(root: XmlElement): Partial<Patient> {
  const person = find(root, 'PatientDemographics');
  const names = [textAt(person, 'PatientFirstName'), textAt(person, 'PatientLastName')];
  const birth = dateParts(textAt(person, 'DateofBirth'));
  return {
    name: names.filter((name) => name !== '').join(' ') || null,
    id: textAt(person, 'PatientID') || null,
    birthDate: birth && dayText(birth.year, birth.month, birth.day),
    ageYears: ageInYears(numberAt(person, 'PatientAge'), textAt(person, 'AgeUnits')),
    sex: sexOf(textAt(person, 'Gender')),
  };
}

/** Wall clock of the acquisition, the time alone where no day is known; de-identified files have none. */
export function acquisitionClock(root: XmlElement): string | null {
  const test = find(root, 'TestDemographics');
  const date = dateParts(textAt(test, 'AcquisitionDate'));
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(textAt(test, 'AcquisitionTime'));
  if (!time) return null;
  const [hour, minute, second] = [time[1], time[2], time[3] ?? '0'].map(Number);
  return startClockText(date, { hour: hour!, minute: minute!, second: second! });
}

export function statedAcquisition(root: XmlElement): StatedStart {
  const test = find(root, 'TestDemographics');
  return { date: textAt(test, 'AcquisitionDate'), time: textAt(test, 'AcquisitionTime') };
}

/** MUSE writes MM-DD-YYYY wherever it was installed; other programs' copies have the year first, too. */
function dateParts(text: string): Day | null {
  const match = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text);
  if (match) return { month: Number(match[1]), day: Number(match[2]), year: Number(match[3]) };
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return iso && { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
}
