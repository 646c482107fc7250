import type { ChangedFigure, ReportAudit, ReportFigure } from '../../shared/domain';
import type { Words } from '../../shared/words';
import type { ReaderActs } from '../review/standing';

const NONE = '–';

/** Which numbers differ, and who acted in between. A number that only one of both has was, or is, none. */
export function auditOf(
  before: readonly ReportFigure[],
  now: readonly ReportFigure[],
  readers: readonly ReaderActs[],
): ReportAudit {
  const were = new Map(before.map(({ name, value }) => [name, value]));
  const are = new Map(now.map(({ name, value }) => [name, value]));
  const names = new Set([...were.keys(), ...are.keys()]);
  const figures: ChangedFigure[] = [];
  for (const name of names) {
    const [was, is] = [were.get(name) ?? NONE, are.get(name) ?? NONE];
    if (was !== is) figures.push({ name, before: was, now: is });
  }
  return { figures, readers: readers.map((one) => ({ ...one })) };
}

/**
 * The audit, which is kept and compared in English, in the words of the report.
 * @param names of figures in those words, by their English names; one that no summary has any more stays as it was kept
 */
export function auditInWords(
  { figures, readers }: ReportAudit,
  names: ReadonlyMap<string, string>,
  words: Words,
): ReportAudit {
  if (words.language === 'en') return { figures, readers };
  return {
    figures: figures.map(({ name, before, now }) => ({
      name: names.get(name) ?? name,
      before: words.marked(before),
      now: words.marked(now),
    })),
    readers,
  };
}
