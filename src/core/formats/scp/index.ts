import path from 'node:path';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import type { Format, OpenOptions } from '../format';
import type { OpenRecording } from '../open-recording';
import { clockWarnings } from '../shared/clock';
import { annotationColumns } from '../shared/annotation-columns';
import { withLimbLeads } from '../shared/limb-leads';
import { readWhole } from '../shared/read-whole';
import { stripRecording } from '../shared/strip-recording';
import { looksLikeScp, takeApart } from './container';
import { decodeRecord, type DecodedRecord } from './decode-record';
import { globalMeasurements, statementsOf } from './measurements';
import { patientSection } from './patient';

/** A record holds strips of at most 64 KB a lead. */
const MAX_BYTES = 64 * 2 ** 20;

/** SCP-ECG (EN 1064:2005, ISO 11073-91064) with every compression that it knows. */
export const scpFormat: Format = {
  id: 'scp',
  title: 'SCP-ECG',
  extensions: ['scp', 'ecg'],
  recognises: ({ bytes }) => looksLikeScp(bytes),
  open,
};

async function open(file: string, options: OpenOptions = {}): Promise<Result<OpenRecording>> {
  const bytes = await readWhole(file, MAX_BYTES);
  if (!bytes.ok) return bytes;
  const fileName = path.basename(file);
  const container = takeApart(bytes.value, fileName);
  if (!container.ok) return container;
  const { sections } = container.value;
  const about = patientSection(sections.get(1) ?? Buffer.alloc(0));
  const decoded = decodeRecord(sections, about.filters, fileName, options);
  if (!decoded.ok) return decoded;
  const { leads, storedBeats } = decoded.value;
  if (!leads.some(({ samples }) => samples.length > 0)) {
    return errSaid('bad-signal', 'files.scpNoSamples', { file: fileName });
  }
  const empty = Buffer.alloc(0);
  return ok(
    stripRecording(
      file,
      {
        format: scpFormat.id,
        formatTitle: 'SCP-ECG',
        startClock: about.startClock,
        patient: about.patient,
        comments: about.comments,
        warnings: [
          ...container.value.warnings,
          ...clockWarnings(fileName, about.startClock, about.statedStart),
          ...decoded.value.warnings,
        ],
        measurements: [
          ...globalMeasurements(sections.get(7) ?? empty),
          ...statementsOf(sections.get(8) ?? empty),
        ],
        storedBeats,
        annotations: annotationsOf(decoded.value),
      },
      withLimbLeads(leads),
    ),
  );
}

/** Complexes of section 4: those of type 0 look like the reference beat. */
function annotationsOf({ complexes, samplingRateHz, firstSample }: DecodedRecord) {
  const rows = complexes.complexes.map(({ type, fiducial }) => ({
    timeS: Math.max(0, fiducial - Math.max(1, firstSample)) / samplingRateHz,
    symbol: type === 0 ? 'N' : 'Q',
    aux: type === 0 ? '' : `QRS type ${type}`,
  }));
  return rows.length > 0 ? [annotationColumns('device', rows)] : [];
}
