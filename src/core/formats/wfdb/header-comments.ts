import { ageInUnits } from '../../../shared/domain/age';
import type { OpenRecording } from '../open-recording';
import { patientInComments } from './patient';

/**
 * Comment lines of a header: what the recording's own say, and what only other formats have fields for. Who was
 * recorded is not among them but for age and sex: a WFDB header has no field for a name.
 */
export function headerComments(recording: OpenRecording): string[] {
  const { comments, patient, measurements, leads, format, formatTitle } = recording;
  const lines = [...comments];
  const known = patientInComments(comments);
  if (known.ageYears === null && patient.ageYears !== null) {
    const { n, unit } = ageInUnits(patient.ageYears);
    lines.push(`<age>: ${n}${unit === 'years' ? '' : ` ${unit}`}`);
  }
  if (known.sex === null && patient.sex !== null) lines.push(`<sex>: ${patient.sex}`);
  for (const { name, value, units } of measurements) {
    lines.push(`device: ${name} ${value} ${units}`);
  }
  for (const text of new Set(leads.map(filterText).filter(Boolean))) lines.push(text);
  for (const { name, derivedFrom } of leads) {
    if (derivedFrom !== undefined) lines.push(`derived lead: ${name} = ${derivedFrom}`);
  }
  if (format !== 'wfdb') lines.push(`converted from ${formatTitle} by Fiducial`);
  return lines.map((line) => `# ${line.replace(/\s+/g, ' ').trim()}`);
}

function filterText({ filters }: OpenRecording['leads'][number]): string {
  if (!filters) return '';
  const { highPassHz, lowPassHz, notchHz } = filters;
  const parts = [
    highPassHz === null ? '' : `high-pass ${highPassHz} Hz`,
    lowPassHz === null ? '' : `low-pass ${lowPassHz} Hz`,
    notchHz === null ? '' : `notch ${notchHz} Hz`,
  ].filter((part) => part !== '');
  return parts.length > 0 ? `filtered by the device: ${parts.join(', ')}` : '';
}
