import type { LaneScale } from './lane-scale';
import { mvPerUnit } from './lane-scale';
import type { Lane } from './lanes';
import type { Palette } from './paper';

/** Lead names at the left edge, on a scrap of paper so that the trace never runs through them. */
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
  for (const lane of lanes) {
    const scale = scaleOf(lane);
    const notes: string[] = [];
    if (mvPerUnit(lane.lead.units) === null || !lane.lead.isEcg)
      notes.push(`${lane.lead.units}, fitted`);
    else if (scale.zero !== 0)
      notes.push(`shifted ${(-scale.zero * mvPerUnit(lane.lead.units)!).toFixed(1)} mV`);
    if (lane.gainFactor !== 1) notes.push(`×${lane.gainFactor}`);
    if (lane.lead.gainAssumed) notes.push('gain assumed');
    context.font = `600 ${12.5 * ratio}px 'Inter', sans-serif`;
    const nameWidth = context.measureText(lane.lead.name).width;
    const note = notes.join(', ');
    context.font = `400 ${11 * ratio}px 'Inter', sans-serif`;
    const noteWidth = note ? context.measureText(note).width + 6 * ratio : 0;
    const x = 12 * ratio;
    const y = (lane.topPx + Math.min(16, lane.heightPx * 0.2)) * ratio;
    context.fillStyle = palette.labelBack;
    context.beginPath();
    context.roundRect(
      x - 6 * ratio,
      y - 10 * ratio,
      nameWidth + noteWidth + 12 * ratio,
      20 * ratio,
      4 * ratio,
    );
    context.fill();
    context.fillStyle = palette.muted;
    if (note) context.fillText(note, x + nameWidth + 6 * ratio, y);
    context.fillStyle = palette.label;
    context.font = `600 ${12.5 * ratio}px 'Inter', sans-serif`;
    context.fillText(lane.lead.name, x, y);
  }
  context.restore();
}

/** Width of the calibration pulse: 200 ms, 5 mm at 25 mm/s, as on every chart recorder. */
const PULSE_S = 0.2;

/** A 1 mV pulse at the right edge of the last lane, and of every lane with a gain of its own. */
export function paintPulse(
  context: CanvasRenderingContext2D,
  ratio: number,
  lanes: readonly Lane[],
  palette: Palette,
  pxPerS: number,
  pxPerMv: number,
  rightPx: number,
): void {
  context.save();
  const ecg = lanes.filter((lane) => lane.lead.isEcg);
  for (const lane of ecg) {
    if (lane !== ecg.at(-1) && lane.gainFactor === 1) continue;
    const width = PULSE_S * pxPerS * ratio;
    const height = pxPerMv * lane.gainFactor * ratio;
    const foot = 5 * ratio;
    const x = (rightPx - 14) * ratio - width - 2 * foot;
    const y = (lane.topPx + lane.heightPx - 8) * ratio;
    context.strokeStyle = palette.muted;
    context.lineWidth = 1.2 * ratio;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + foot, y);
    context.lineTo(x + foot, y - height);
    context.lineTo(x + foot + width, y - height);
    context.lineTo(x + foot + width, y);
    context.lineTo(x + 2 * foot + width, y);
    context.stroke();
    context.fillStyle = palette.muted;
    context.font = `400 ${10.5 * ratio}px 'Inter', sans-serif`;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    // Edged with paper, so that it can be read on a trace and hides none of it.
    context.strokeStyle = palette.paper;
    context.lineWidth = 4 * ratio;
    context.lineJoin = 'round';
    context.strokeText('1 mV', x - 2 * ratio, y - height / 2);
    context.fillText('1 mV', x - 2 * ratio, y - height / 2);
  }
  context.restore();
}
