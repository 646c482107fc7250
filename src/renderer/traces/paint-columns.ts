import { columnSpans, shownName } from '../../shared/domain/lead-layout';
import type { Palette } from './paper';
import type { FrameGeometry } from './frame-geometry';

/** A name may reach into the next piece of paper: columns that began so long before it are looked at too. */
const NAME_S = 1;
const TICK_PX = 9;

/** Where leads change within a row: a tick, and the name of the lead that begins. */
export function paintColumns(frame: FrameGeometry, palette: Palette): void {
  const { context, ratio } = frame;
  const columns = frame.lanes.filter(({ column }) => column);
  if (columns.length === 0) return;
  context.save();
  context.textBaseline = 'middle';
  context.font = `600 ${13 * ratio}px 'Inter', sans-serif`;
  context.lineWidth = 1.4 * ratio;
  context.strokeStyle = palette.trace;
  for (const lane of columns) {
    const { widthS, of, index } = lane.column!;
    for (const { startS } of columnSpans(lane.column, frame.leftS - NAME_S, frame.rightS)) {
      // The first span may be the rest of a column that began earlier.
      const begins = Math.round((startS / widthS - index) / of) * of * widthS + index * widthS;
      if (startS - begins > 1e-6 || begins < 0) continue;
      const x = frame.x(begins);
      if (index > 0) {
        const y = lane.baselinePx * ratio;
        context.beginPath();
        context.moveTo(x, y - TICK_PX * ratio);
        context.lineTo(x, y + TICK_PX * ratio);
        context.stroke();
      }
      const name = shownName(lane);
      const y = (lane.topPx + 10) * ratio;
      const width = context.measureText(name).width;
      context.fillStyle = palette.labelBack;
      context.fillRect(x + 3 * ratio, y - 9 * ratio, width + 6 * ratio, 18 * ratio);
      context.fillStyle = palette.label;
      context.fillText(name, x + 6 * ratio, y);
    }
  }
  context.restore();
}
