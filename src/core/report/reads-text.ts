import { formatCount, type Agreement, type ReadComparison } from '../../shared/domain';
import { openDifferences } from '../review/compare-reads';

const name = (reader: string): string => reader || 'a reader without a name';

/**
 * Who read, for page 1:
 * `Read by A, second read by B: of 24 events decided by both 3 differ, adjudicated by C.`
 */
export function readsLine(reads: ReadComparison): string {
  const { first, second, events, differences, adjudicators } = reads;
  const who = `Read by ${listed(first)}, second read by ${name(second.reader)}`;
  if (events.both === 0) return `${who}: no event was decided by both.`;
  const of = `of ${formatCount(events.both)} ${events.both === 1 ? 'event' : 'events'} decided by both`;
  if (differences.length === 0) return `${who}: ${of} none differs.`;
  const differ = `${formatCount(differences.length)} ${differences.length === 1 ? 'differs' : 'differ'}`;
  const open = openDifferences(reads);
  const left = open === 0 ? '' : `, ${formatCount(open)} not settled`;
  const by = adjudicators.length === 0 ? '' : `, adjudicated by ${listed(adjudicators)}`;
  return `${who}: ${of} ${differ}${by}${left}.`;
}

/** How the reads agree, for the end: `Two readers: events 21 of 24 the same (87.5 %), Cohen's kappa 0.71; segments ...`. */
export function agreementLine({ events, segments, second }: ReadComparison): string {
  const from =
    second.importedFrom === null ? '' : ` The second read came in ${second.importedFrom}.`;
  return (
    `Two readers: ${agreementText('events', events)}; ${agreementText('segments', segments)} ` +
    `(Cohen, Educ Psychol Meas 1960;20:37), over what both decided.${from}`
  );
}

export function agreementText(what: string, { both, agreed, kappa }: Agreement): string {
  if (both === 0) return `no ${what} decided by both`;
  const share = ((100 * agreed) / both).toFixed(1);
  const beyond = kappa === null ? 'kappa not defined' : `Cohen’s kappa ${kappa.toFixed(2)}`;
  return `${what} ${formatCount(agreed)} of ${formatCount(both)} the same (${share} %), ${beyond}`;
}

function listed(readers: readonly string[]): string {
  return readers.length === 0 ? 'nobody yet' : readers.map(name).join(' and ');
}
