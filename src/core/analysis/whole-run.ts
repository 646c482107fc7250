import { METHODS } from '../../shared/contract';
import {
  lowerBound,
  ok,
  type BeatColumns,
  type QrsWidth,
  type Result,
  type TimeSpan,
} from '../../shared/domain';
import { qrsWidthTask, widthStretches } from '../beats/averaging';
import { joinBeats } from './collect';
import type { Analyser, AnalyserInput, AnalyserUpdate } from './analyser';
import { withLeadQuality } from './with-lead-quality';

/**
 * What an analyser finds in a recording, and after it what is measured whichever the model: the quality of leads that
 * it did not read, and how wide QRS is.
 */
export function wholeRun(
  analyser: Analyser,
  input: AnalyserInput,
): AsyncIterable<Result<AnalyserUpdate>> {
  const run = withLeadQuality(input, analyser.run(input));
  return analyser.findsBeats ? withQrsWidths(input, run) : run;
}

/** Stretches in which the model saw a pacemaker are left out: their QRS is not the heart's own. */
async function* withQrsWidths(
  input: AnalyserInput,
  updates: AsyncIterable<Result<AnalyserUpdate>>,
): AsyncIterable<Result<AnalyserUpdate>> {
  const pieces: BeatColumns[] = [];
  const paced: TimeSpan[] = [];
  for await (const update of updates) {
    yield update;
    if (!update.ok) return;
    if (update.value.kind === 'beats') pieces.push(update.value.beats);
    else if (update.value.kind === 'episodes')
      paced.push(...update.value.episodes.filter(({ rhythm }) => rhythm === '(P'));
  }
  const widths = await qrsWidths(input, joinBeats(pieces), paced);
  if (widths.length > 0) yield ok({ kind: 'qrs-widths', widths });
}

async function qrsWidths(
  { recording, pool, signal }: AnalyserInput,
  { timeS, beatClass }: BeatColumns,
  paced: readonly TimeSpan[],
): Promise<QrsWidth[]> {
  const widths: QrsWidth[] = [];
  for (const stretch of widthStretches(recording.durationS)) {
    if (signal.aborted) return [];
    if (paced.some((one) => one.startS < stretch.endS && one.endS > stretch.startS)) continue;
    const from = lowerBound(timeS, stretch.startS);
    const to = lowerBound(timeS, stretch.endS);
    const beats = { timeS: timeS.slice(from, to), beatClass: beatClass.slice(from, to) };
    const measured = await pool.run(
      qrsWidthTask,
      { path: recording.path, stretch, beats },
      { lane: METHODS['analysis.start'].lane, signal },
    );
    // What cannot be measured is no reason to lose what was found, and says nothing of the other stretches.
    if (measured.ok && measured.value) widths.push(measured.value);
  }
  return widths;
}
