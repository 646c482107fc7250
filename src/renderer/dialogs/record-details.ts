import type { Lead, RecordingInfo } from '../../shared/domain';
import { sixDigits } from '../../shared/domain';
import { BY_DEVICE } from '../../shared/domain/derived-leads';
import type { Words } from '../../shared/words';
import { deviceFilters } from '../../shared/words/device-filters';
import { commentInWords, toldInWords } from '../../shared/words/file-words';
import { formatTitleInWords } from '../../shared/words/format-title';

/** What a recording is, as a person compares it with the file or its device: every number with its unit. */
export interface RecordDetails {
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly leadHeads: readonly string[];
  readonly leads: readonly (readonly string[])[];
  /** What the device measured or stated, never ours. */
  readonly measured: readonly (readonly [name: string, value: string])[];
  /** What the file says in words of its own. */
  readonly comments: readonly string[];
  /** Why the two above are not told; empty where they are. */
  readonly withheld: string;
}

/**
 * @param start the start in the reader's words; empty where the file states none
 * @param length the duration in words
 * @param sha256 of the files; null until it is known
 * @param isBlind the reader has not settled yet what they see: rhythm, drugs and what a device said of them are not told
 */
export function recordDetails(
  info: RecordingInfo,
  {
    start,
    length,
    sha256,
    isBlind = false,
  }: { start: string; length: string; sha256: string | null; isBlind?: boolean },
  words: Words,
): RecordDetails {
  const { say, number } = words;
  return {
    facts: [
      [say('details.record'), info.name],
      [say('details.format'), formatTitleInWords(info.formatTitle, words)],
      [say('details.start'), start || say('details.startNotStated')],
      [
        say('details.duration'),
        say('details.samples', { length, rate: number(sixDigits(info.samplingRateHz)) }),
      ],
      [say('details.sha256'), sha256 ?? say('details.hashing')],
    ],
    leadHeads: [
      say('details.lead'),
      say('details.unit'),
      say('details.rate'),
      say('details.gain'),
      say('details.baseline'),
      say('details.bits'),
      say('details.filters'),
    ],
    leads: info.leads.map((lead) => leadRow(lead, words)),
    measured: (isBlind ? [] : info.measurements).map(({ name, value, units }) => [
      toldInWords(name, words),
      `${value} ${toldInWords(units, words)}`.trim(),
    ]),
    comments: isBlind ? [] : info.comments.map((comment) => commentInWords(comment, words)),
    withheld:
      isBlind && info.comments.length + info.measurements.length > 0 ? say('details.withheld') : '',
  };
}

function leadRow(lead: Lead, words: Words): string[] {
  const { say, number } = words;
  const gain = say('details.gainPerUnit', {
    n: number(sixDigits(lead.gainAduPerUnit)),
    unit: lead.units,
  });
  return [
    lead.name,
    lead.units,
    say('details.rateHz', { n: number(sixDigits(lead.samplingRateHz)) }),
    gainText(lead, gain, words),
    say('details.adu', { n: number(sixDigits(lead.baselineAdu)) }),
    say('details.bitsN', { n: lead.adcResolutionBits }),
    deviceFilters(lead, words) || say('details.notStated'),
  ];
}

function gainText({ derivedFrom, gainAssumed }: Lead, gain: string, { say }: Words): string {
  if (derivedFrom === BY_DEVICE) return `${gain} ${say('details.byDevice')}`;
  if (derivedFrom !== undefined) return say('details.computed', { from: derivedFrom });
  return gainAssumed ? `${gain} ${say('details.assumed')}` : gain;
}

/** The same as text of lines and columns by tabs, for a clipboard. */
export function detailsText(
  { facts, leadHeads, leads, measured, comments, withheld }: RecordDetails,
  warnings: readonly string[],
): string {
  return [
    ...facts.map((fact) => fact.join('\t')),
    '',
    ...[leadHeads, ...leads].map((row) => row.join('\t')),
    ...(measured.length > 0 ? ['', ...measured.map((row) => row.join('\t'))] : []),
    ...(comments.length > 0 ? ['', ...comments.map((comment) => `# ${comment}`)] : []),
    ...(withheld ? ['', withheld] : []),
    ...(warnings.length > 0 ? ['', ...warnings] : []),
    '',
  ].join('\n');
}
