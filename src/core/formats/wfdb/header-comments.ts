import { ageInUnits } from '../../../shared/domain/age';
import type { OpenRecording } from '../open-recording';
import { patientInComments } from './patient';

const DERIVED_LEAD = 'derived lead: ';

/** How leads came about by their name, as `headerComments` has it. */
export function derivationsIn(comments: readonly string[]): Map<string, string> {
  return new Map(
    comments.flatMap((comment) => {
      const at = comment.lastIndexOf(' = ');
      return comment.startsWith(DERIVED_LEAD) && at >= DERIVED_LEAD.length
        ? [[comment.slice(DERIVED_LEAD.length, at), comment.slice(at + 3)]]
        : [];
    }),
  );
}

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
    const line = `${DERIVED_LEAD}${name} = ${derivedFrom}`;
    if (derivedFrom !== undefined && !comments.includes(line)) lines.push(line);
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
