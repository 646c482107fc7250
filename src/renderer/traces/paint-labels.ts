import type { LaneScale } from './lane-scale';
import { mvPerUnit } from './lane-scale';
import type { Lane } from './lanes';
import type { Palette } from './paper';
import { say, sayNumber } from '../words';

/** What a reader has to know of a lane beside its name: it is fitted, shifted, or has a gain of its own. */
export function laneNotes(lane: Lane, scale: LaneScale): string {
  const notes: string[] = [];
  if (mvPerUnit(lane.lead.units) === null || !lane.lead.isEcg)
    notes.push(say('paper.fitted', { unit: lane.lead.units }));
  else if (scale.zero !== 0)
    notes.push(
      say('paper.shifted', { mv: sayNumber(-scale.zero * mvPerUnit(lane.lead.units)!, 1) }),
    );
  if (lane.gainFactor !== 1) notes.push(`×${sayNumber(lane.gainFactor)}`);
  if (lane.lead.gainAssumed) notes.push(say('paper.gainAssumed'));
  return notes.join(', ');
}

/** The notes of the lanes at the left edge, each on a scrap of paper so that the trace never runs through it. */
export function paintLabels(
  context: CanvasRenderingContext2D,
  ratio: number,
  lanes: readonly Lane[],
  palette: Palette,
  scaleOf: (lane: Lane) => LaneScale,
): void {
  context.save();
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.font = `400 ${11 * ratio}px 'Inter', sans-serif`;
  for (const lane of lanes) {
    // What stands in columns has its name on the paper, and no room for more.
    if (lane.column) continue;
    const note = laneNotes(lane, scaleOf(lane));
    if (!note) continue;
    const x = 10 * ratio;
    const y = (lane.topPx + Math.min(16, lane.heightPx * 0.2)) * ratio;
    context.fillStyle = palette.labelBack;
    context.beginPath();
    context.roundRect(
      x - 5 * ratio,
      y - 9 * ratio,
      context.measureText(note).width + 10 * ratio,
      18 * ratio,
      4 * ratio,
    );
    context.fill();
    context.fillStyle = palette.muted;
    context.fillText(note, x, y);
  }
  context.restore();
}
