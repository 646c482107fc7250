import type {
  ChosenStrip,
  ReportChange,
  ReportIdentity,
  WrittenConclusion,
} from '../../shared/domain';

/** What readers set of a report; null where the program's own stands. */
export interface WrittenReport {
  readonly strips: readonly ChosenStrip[] | null;
  readonly conclusion: WrittenConclusion | null;
  readonly identity: ReportIdentity | null;
}

/** The changes of a report, each part of which the last one in force sets. */
export interface ReportStanding {
  /** @param stateOf of the act that it belongs to: a redo may bring it back */
  enter(change: ReportChange, stateOf: () => 'in-force' | 'undone' | 'forgotten'): void;
  now(): WrittenReport;
}

export function createReportStanding(): ReportStanding {
  let entries: { change: ReportChange; stateOf: () => string }[] = [];
  function last<K extends keyof ReportChange>(part: K): NonNullable<ReportChange[K]> | null {
    const entry = entries.findLast(
      ({ change, stateOf }) => change[part] !== undefined && stateOf() === 'in-force',
    );
    return entry?.change[part] ?? null;
  }
  return {
    enter(change, stateOf) {
      entries = entries.filter((entry) => entry.stateOf() !== 'forgotten');
      entries.push({ change, stateOf });
    },
    now: () => ({
      strips: last('strips'),
      conclusion: last('conclusion'),
      identity: last('identity'),
    }),
  };
}
