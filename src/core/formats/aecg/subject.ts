import type { Patient } from '../../../shared/domain';
import { find, findAll, textAt } from '../shared/xml/query';
import type { XmlElement } from '../shared/xml/tree';
import { hl7Day } from './hl7-time';
import { quantity } from './quantity';

/** LOINC: reported age. */
const REPORTED_AGE = '21612-7';

/** Who was recorded: `trialSubject`, and the age that was reported. */
export function subjectOf(root: XmlElement): Partial<Patient> {
  const assignment = find(
    root,
    'componentOf',
    'timepointEvent',
    'componentOf',
    'subjectAssignment',
  );
  const subject = find(assignment, 'subject', 'trialSubject');
  const person = find(subject, 'subjectDemographicPerson');
  const sex = find(person, 'administrativeGenderCode')?.attributes['code'];
  return {
    name: nameOf(find(person, 'name')),
    id: find(subject, 'id')?.attributes['extension'] || textAt(person, 'PatientID') || null,
    birthDate: hl7Day(find(person, 'birthTime')?.attributes['value'] ?? ''),
    ageYears: ageOf(root),
    sex: sex === 'F' || sex === 'M' ? sex : null,
  };
}

/** Plain text, or parts such as `given` and `family`. */
function nameOf(name: XmlElement | undefined): string | null {
  if (!name) return null;
  const parts = [name, ...name.children].map(({ text }) => text.trim());
  return parts.filter((part) => part !== '').join(' ') || null;
}

function ageOf(root: XmlElement): number | null {
  const age = findAll(root, 'controlVariable', 'relatedObservation').find(
    (observation) => find(observation, 'code')?.attributes['code'] === REPORTED_AGE,
  );
  const years = quantity(find(age, 'value'));
  return years?.unit === 'a' ? years.value : null;
}
