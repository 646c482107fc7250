/** A JSON object of FHIR; its shape is what the published schema says of its `resourceType`. */
export type FhirJson = Readonly<Record<string, unknown>>;

const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';
/** What has no code elsewhere: kinds of findings, counts and shares of them. */
const OWN = 'urn:uuid:ede90871-9420-4409-8282-a14042ab1976';

/** HL7's vital signs profile (hl7.org/fhir/R4/observation-vitalsigns.html). */
export const HEART_RATE = concept({ system: LOINC, code: '8867-4', display: 'Heart rate' });
/** HL7's document types (hl7.org/fhir/R4/valueset-c80-doc-typecodes.html). */
export const EKG_STUDY = concept({ system: LOINC, code: '11524-6', display: 'EKG study' });

interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

function concept(coding: Coding, text = coding.display): FhirJson {
  return { coding: [coding], text };
}

/** A concept of our own code system. */
export function ownConcept(code: string, text: string): FhirJson {
  return concept({ system: OWN, code }, text);
}

const CATEGORIES = 'http://terminology.hl7.org/CodeSystem/observation-category';

export function category(code: 'vital-signs' | 'procedure'): FhirJson[] {
  return [concept({ system: CATEGORIES, code })];
}

/** A number with its unit in UCUM (ucum.org): `/min`, `%`, `s`, and `{beats}` for what is only counted. */
export function quantity(value: number, code: string, unit = code): FhirJson {
  return { value: Number(value.toPrecision(9)), unit, system: UCUM, code };
}

const ABSENT_REASONS = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
type AbsentReason = 'unknown' | 'masked' | 'not-performed';

/** Why a value is not there, said in words. */
export function absent(code: AbsentReason, text: string): FhirJson {
  return concept({ system: ABSENT_REASONS, code }, text);
}

/** What stands in place of a date that is not told. */
export function absentDate(code: AbsentReason): FhirJson {
  const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
  return { extension: [{ url, valueCode: code }] };
}

/** Marks a recording that was made by a generator (hl7.org/fhir/R4/resource.html, test data). */
export const TEST_DATA: FhirJson = {
  security: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
      code: 'HTEST',
      display: 'test health data',
    },
  ],
};
