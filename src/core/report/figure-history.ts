import {
  ok,
  type FigureHistories,
  type FigureStep,
  type ReportFigure,
  type Result,
  type ReviewEvent,
} from '../../shared/domain';
import { errSaid } from '../../shared/domain/said';
import { createStanding, type Standing } from '../review/standing';
import { auditOf } from './audit';

/** Acts that are followed one by one: each is what there is to find, found anew. */
const MOST_ACTS = 500;

/**
 * Which act changed which number of page 1: the trail folded act by act, and the numbers compared wherever an act changes
 * what there is. Taking back is an act as well.
 * @param figuresAt the numbers as they were when so much of the trail stood
 * @returns `cancelled` within one act
 */
export async function figureHistory(
  events: readonly ReviewEvent[],
  figuresAt: (standing: Standing) => Promise<Result<readonly ReportFigure[]>>,
  signal: AbortSignal,
): Promise<Result<FigureHistories>> {
  const standing = createStanding();
  const program = await figuresAt(standing);
  if (!program.ok) return program;
  const steps = new Map<string, FigureStep[]>();
  let figures = program.value;
  let followed = 0;
  let leftOut = 0;
  for (const event of events) {
    const { foundVersion } = standing;
    standing.add(event);
    if (standing.foundVersion === foundVersion) continue;
    if (++followed > MOST_ACTS) {
      leftOut++;
      continue;
    }
    // Between two acts others have their turn.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return errSaid('cancelled', 'failures.historyNotAsked');
    const next = await figuresAt(standing);
    if (!next.ok) return next;
    const { sequence, reader, atMs } = event;
    for (const { name, before, now } of auditOf(figures, next.value, []).figures) {
      const step = { sequence, reader, atMs, before, now };
      const known = steps.get(name);
      if (known) known.push(step);
      else steps.set(name, [step]);
    }
    figures = next.value;
  }
  return ok({
    figures: [...steps].map(([name, all]) => ({ name, steps: all })),
    leftOut,
  });
}
