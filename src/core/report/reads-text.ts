import { formatCount, type Agreement, type ReadComparison } from '../../shared/domain';
import type { Words } from '../../shared/words';
import { openDifferences } from '../review/compare-reads';

const nameOf = (reader: string, { say }: Words): string => reader || say('reportEnd.noName');

/**
 * Who read, for page 1:
 * `Read by A, second read by B: of 24 events decided by both 3 differ, adjudicated by C.`
 */
export function readsLine(reads: ReadComparison, words: Words): string {
  const { say } = words;
  const { first, second, events, differences, adjudicators } = reads;
  const who = say('reportEnd.readBy', {
    first: listed(first, words),
    second: nameOf(second.reader, words),
  });
  if (events.both === 0) return say('reportEnd.noneByBoth', { who });
  const of = say('reportEnd.ofBoth', { n: events.both });
  if (differences.length === 0) return say('reportEnd.noneDiffers', { who, of });
  const differ = say('reportEnd.differ', { n: differences.length });
  const open = openDifferences(reads);
  const left = open === 0 ? '' : say('reportEnd.notSettled', { n: formatCount(open) });
  const by =
    adjudicators.length === 0
      ? ''
      : say('reportEnd.adjudicated', { readers: listed(adjudicators, words) });
  return `${who}: ${of} ${differ}${by}${left}.`;
}

/**
 * How the reads agree, for the end: `Two readers: events 21 of 24 the same (87.5 %), Cohen's kappa 0.71; segments ...`.
 * @param identity whether the file that the second read came in is named
 */
export function agreementLine(
  { events, segments, second }: ReadComparison,
  words: Words,
  identity: boolean,
): string {
  const { say } = words;
  // Files are named after patients.
  const importedFrom = identity ? second.importedFrom : null;
  return say('reportEnd.agreement', {
    events: agreementText(say('reportEnd.events'), events, words),
    segments: agreementText(say('reportEnd.segments'), segments, words),
    from: importedFrom === null ? '' : say('reportEnd.secondCameIn', { file: importedFrom }),
  });
}

export function agreementText(
  what: string,
  { both, agreed, kappa }: Agreement,
  words: Words,
): string {
  const { say } = words;
  if (both === 0) return say('reportEnd.noneDecidedByBoth', { what });
  const beyond =
    kappa === null
      ? say('reportEnd.noKappa')
      : say('reportEnd.kappa', { kappa: words.number(kappa, 2) });
  return say('reportEnd.same', {
    what,
    agreed: formatCount(agreed),
    both: formatCount(both),
    share: words.number((100 * agreed) / both, 1),
    beyond,
  });
}

function listed(readers: readonly string[], words: Words): string {
  if (readers.length === 0) return words.say('reportEnd.nobody');
  return readers.map((reader) => nameOf(reader, words)).join(words.say('reportEnd.and'));
}
