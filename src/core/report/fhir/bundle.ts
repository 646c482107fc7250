import { createHash, randomUUID } from 'node:crypto';
import type { FindingThresholds, Patient } from '../../../shared/domain';
import type { ReportData } from '../types';
import { absentDate, EKG_STUDY, TEST_DATA, type FhirJson } from './coding';
import {
  burdenObservation,
  conclusionObservation,
  fibrillationObservation,
  heartRateObservation,
  isReviewed,
  kindObservation,
} from './observations';

export interface BundleSource {
  readonly data: Omit<ReportData, 'strips' | 'twelveLeads'>;
  readonly thresholds: FindingThresholds;
  /** The report that goes with it. */
  readonly pdf: Uint8Array;
  /** False leaves out who was recorded, when, and which recording it was. */
  readonly identity: boolean;
}

interface Entry {
  readonly fullUrl: string;
  readonly resource: FhirJson;
}

/**
 * What was found in a recording as a FHIR R4 Bundle (hl7.org/fhir/R4): the patient, this program as a device,
 * observations of heart rate, ventricular burden, atrial fibrillation, each kind of finding and the conclusion, and the
 * report as a document. Preliminary until a reader has signed it.
 */
export function fhirBundle(source: BundleSource): FhirJson {
  const { data, thresholds, identity } = source;
  const meta = data.recording.synthetic ? { meta: TEST_DATA } : {};
  const patient = entry('Patient', {
    ...meta,
    ...(identity ? person(data.recording.patient) : {}),
  });
  const device = entry('Device', deviceOf(data));
  const status = isReviewed(data) ? 'final' : 'preliminary';
  const observed = (about: FhirJson): Entry =>
    entry('Observation', {
      ...meta,
      status,
      ...about,
      subject: { reference: patient.fullUrl },
      ...effective(source),
      issued: new Date(data.createdAtMs).toISOString(),
      device: { reference: device.fullUrl },
      ...(data.reader && identity ? { performer: [{ display: data.reader }] } : {}),
    });
  const members = [
    observed(heartRateObservation(data)),
    observed(burdenObservation(data)),
    observed(fibrillationObservation(data)),
    ...data.counts.kinds.map((count) => observed(kindObservation(count, thresholds))),
  ];
  const conclusion = observed({
    ...conclusionObservation(data, thresholds),
    hasMember: members.map(({ fullUrl }) => ({ reference: fullUrl })),
  });
  const document = entry('DocumentReference', {
    ...meta,
    ...documentOf(source, status),
    subject: { reference: patient.fullUrl },
    author: [{ reference: device.fullUrl }],
    context: { related: [{ reference: conclusion.fullUrl }] },
  });
  return {
    resourceType: 'Bundle',
    ...meta,
    type: 'collection',
    timestamp: new Date(data.createdAtMs).toISOString(),
    entry: [patient, device, conclusion, ...members, document],
  };
}

function entry(resourceType: string, content: FhirJson): Entry {
  const id = randomUUID();
  return { fullUrl: `urn:uuid:${id}`, resource: { resourceType, id, ...content } };
}

function person({ name, id, birthDate, sex }: Patient): FhirJson {
  return {
    ...(id ? { identifier: [{ value: id }] } : {}),
    ...(name ? { name: [{ text: name }] } : {}),
    ...(sex ? { gender: sex === 'F' ? 'female' : 'male' } : {}),
    ...(birthDate ? { birthDate } : {}),
  };
}

function deviceOf({ version, model }: BundleSource['data']): FhirJson {
  return {
    deviceName: [{ name: 'Fiducial', type: 'user-friendly-name' }],
    version: [{ value: version }, { type: { text: `model ${model.id}` }, value: model.version }],
    note: [
      { text: `Model ${model.id}, SHA-256 ${model.sha256}, threshold ${model.threshold}.` },
      { text: 'Research and education only; not a medical device.' },
    ],
  };
}

/** The day alone: recorders write local time without its zone, which FHIR does not take. */
function effective({ data, identity }: BundleSource): FhirJson {
  const day = /^\d{4}-\d\d-\d\d/.exec(data.recording.startClock ?? '')?.[0];
  if (day && identity) return { effectiveDateTime: day };
  return { _effectiveDateTime: absentDate(identity ? 'unknown' : 'masked') };
}

function documentOf({ data, pdf, identity }: BundleSource, docStatus: string): FhirJson {
  const { name, startClock } = data.recording;
  const began = startClock ? `, begun ${startClock.replace('T', ' ').trim()} local time` : '';
  return {
    status: 'current',
    docStatus,
    type: EKG_STUDY,
    date: new Date(data.createdAtMs).toISOString(),
    description: identity ? `ECG report of ${name}${began}` : 'ECG report',
    content: [
      {
        attachment: {
          contentType: 'application/pdf',
          data: Buffer.from(pdf).toString('base64'),
          size: pdf.length,
          hash: createHash('sha1').update(pdf).digest('base64'),
          title: 'ECG report',
          creation: new Date(data.createdAtMs).toISOString(),
        },
      },
    ],
  };
}
