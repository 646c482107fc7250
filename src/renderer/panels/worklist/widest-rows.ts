import type { RecordingEntry, WorklistFigures } from '../../../shared/domain';
import { isReadSecond, nameOf } from './worklist-groups';

/** Higher where a column's text is longer, near enough: a text is not made for each of thousands. */
type Width = (entry: RecordingEntry) => number;

/** What is nowhere is a dash; words for what is not judged or too short are as wide as what a column holds at most. */
const ofFigure =
  (value: (of: WorklistFigures) => number | null): Width =>
  ({ figures }) =>
    figures ? (value(figures) ?? -1) : -2;
const lacks =
  (value: (of: WorklistFigures) => unknown): Width =>
  ({ figures }) =>
    figures && value(figures) === null ? 1 : 0;
const lengthOf = (text: string | null | undefined): number => text?.length ?? 0;

const WIDTHS: readonly Width[] = [
  (entry) => lengthOf(nameOf(entry)),
  ({ about, folder, name }) =>
    lengthOf(about?.patient.id ?? name) +
    ((about?.patient.name ?? null) === null ? lengthOf(folder) : 0),
  ({ about }) => (about ? 0 : 1),
  ({ about }) => about?.ecgLeads ?? 0,
  // Minutes and seconds are longer than whole hours.
  ({ about }) => (about && about.durationS < 36_000 ? about.durationS : 0),
  ofFigure(({ rules }) => rules.length),
  ofFigure(({ worst, analysableS }) => (worst ? 0 : analysableS === 0 ? 2 : 1)),
  ofFigure(({ worst }) => (worst ? 1 : 0)),
  ofFigure(({ longestTachycardia }) => longestTachycardia?.beats ?? 0),
  ofFigure(({ judged }) => (judged?.beats === false ? 1 : 0)),
  ofFigure(({ longestPauseS }) => longestPauseS),
  ofFigure(({ afS }) => afS),
  lacks(({ afS }) => afS),
  ofFigure(({ ventricularPerHour }) => ventricularPerHour),
  lacks(({ ventricularPerHour }) => ventricularPerHour),
  ofFigure(({ ventricularShare }) => ventricularShare),
  // `< 0.1` is longer than most.
  ofFigure(({ ventricularShare: share }) => (share !== null && share > 0 && share < 0.001 ? 1 : 0)),
  lacks(({ ventricularShare }) => ventricularShare),
  ofFigure(({ supraventricularPerHour }) => supraventricularPerHour),
  lacks(({ supraventricularPerHour }) => supraventricularPerHour),
  ofFigure(({ highestBpm }) => highestBpm),
  lacks(({ highestBpm }) => highestBpm),
  ofFigure(({ unreadableShare }) => unreadableShare),
  ofFigure(({ borderline }) => borderline),
  ofFigure(({ events, decided }) => events + decided),
  ofFigure(({ reader }) => (reader === null ? 0 : reader.length)),
  ({ isReviewedEarlier }) => (isReviewedEarlier ? 1 : 0),
  (entry) => (isReadSecond(entry) ? 1 : 0),
];

/**
 * The recordings whose rows are widest, column by column: a table that holds them has its columns as wide as the whole
 * list needs, whatever part of it is in sight.
 */
export function widestRows(entries: readonly RecordingEntry[]): readonly RecordingEntry[] {
  const found = new Set<RecordingEntry>();
  for (const width of WIDTHS) {
    let widest: RecordingEntry | null = null;
    let most = 0;
    for (const entry of entries) {
      const of = width(entry);
      if (of > most) [widest, most] = [entry, of];
    }
    if (widest) found.add(widest);
  }
  return [...found];
}
