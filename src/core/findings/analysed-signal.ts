import type {
  BeatColumns,
  QrsWidth,
  QualityColumns,
  RhythmEpisode,
  Segment,
  TimeSpan,
} from '../../shared/domain';

/** What an analysis knows of a recording. */
export interface AnalysedSignal {
  readonly durationS: number;
  /** `YYYY-MM-DDThh:mm:ss.sss`, `Thh:mm:ss`, or null. */
  readonly startClock: string | null;
  readonly beats: Pick<BeatColumns, 'timeS' | 'beatClass'>;
  readonly episodes: readonly RhythmEpisode[];
  readonly segments: readonly Segment[];
  /** Null in analyses that earlier versions stored. */
  readonly quality: QualityColumns | null;
  /** How wide QRS is in stretches over the recording; absent where it was not measured. */
  readonly qrsWidths?: readonly QrsWidth[] | undefined;
  /** Gaps between beats that are no pause, in time order; absent where there is none. */
  readonly restless?: readonly TimeSpan[] | undefined;
  /** Whether the model names beats at all; one that does not says nothing of pauses. */
  readonly findsBeats: boolean;
  /** Every signal of the recording; empty in analyses that earlier versions stored. */
  readonly leads: readonly {
    readonly index: number;
    readonly name: string;
    readonly isEcg: boolean;
  }[];
  /** What was analysed so far, in time order; absent where that is all. */
  readonly analysed?: readonly TimeSpan[];
}
