import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { LaneScale } from './lane-scale';
import type { Lane } from './lanes';
import { columnSpans } from '../../shared/domain/lead-layout';
import type { FrameGeometry } from './frame-geometry';
import { paintColumns } from './paint-columns';
import { createPaperSheet, type Palette, type PaperSheet } from './paper';
import { createSheets, type SheetPiece } from './sheets';
import type { TileTrace } from './tile-grid';
import { axisTimes } from './time-axis';
import { traceTile, type Pen } from './trace-path';

/** Height of the time axis below the paper, CSS px. */
export const AXIS_PX = 24;

/**
 * Width of the pen, CSS px. Skia draws lines of one device px and less as hairlines, fifteen times as fast as
 * wider ones (1.2 px, twelve leads, 512 px: 19 ms against 1.2 ms without a graphics card).
 */
const PEN_PX = 1;

/** Everything that painting needs. Read afresh each time, so that a change costs no rebuild. */
export interface PlotModel {
  readonly lanes: readonly Lane[];
  readonly palette: Palette;
  readonly pxPerMm: number;
  readonly pxPerS: number;
  readonly durationS: number;
  /** Tiles of a lead between two times in order, and whether all of them are there. */
  tiles(lead: number, startS: number, endS: number): { tiles: TileTrace[]; whole: boolean };
  laneScale(lane: Lane): LaneScale;
  /** Told with each picture what stretch it shows, and whether all that has come of its signal is on it. */
  shown(leftS: number, rightS: number, upToDate: boolean): void;
  /** Seconds between labels of the time axis, and their text. */
  axisStepS: number;
  /** Seconds after a whole day at which the recording begins, so that labels stand at whole times of day. */
  axisOffsetS: number;
  axisLabel(timeS: number): string;
  /** On the paper, under and over the traces; moves with them. */
  under(frame: FrameGeometry): void;
  over(frame: FrameGeometry): void;
  /** On the glass above the paper; stays where it is. */
  fixed(frame: FrameGeometry): void;
}

export interface TracePlot {
  /** Moves the paper; drawn before the next frame. */
  show(leftS: number, rightS: number): void;
  /** Everything is painted anew with the next `show`. */
  invalidate(): void;
  /** What lies on the paper has changed: painted anew piece by piece from the next `show` on. */
  refresh(): void;
  /** Tiles have arrived: what was incomplete is painted anew with the next `show`. */
  complete(): void;
  resize(widthPx: number, heightPx: number): void;
  destroy(): void;
}

/** There is no paper after the end of the recording. */
function paintBeyond(frame: FrameGeometry, m: PlotModel): void {
  const endPx = Math.max(0, Math.ceil(frame.x(m.durationS)));
  if (endPx >= frame.widthPx) return;
  frame.context.fillStyle = m.palette.desk;
  frame.context.fillRect(endPx, 0, frame.widthPx - endPx, frame.heightPx);
}

const whenIdle = (work: () => void): void => {
  if ('requestIdleCallback' in window) requestIdleCallback(() => work(), { timeout: 200 });
  else setTimeout(work, 30);
};

/**
 * One uPlot for the whole sheet. uPlot keeps the canvas, the time scale and the axis; the paper is copied
 * from pieces that were painted from tiles, so that scrolling neither rebuilds nor redraws a trace.
 */
export function createTracePlot(
  host: HTMLElement,
  size: { widthPx: number; heightPx: number },
  model: () => PlotModel,
  again: () => void,
): TracePlot {
  let paper: PaperSheet | null = null;
  let paperKey = '';

  function paintPiece(piece: SheetPiece): boolean {
    const m = model();
    const ratio = uPlot.pxRatio;
    const pxPerS = m.pxPerS * ratio;
    const key = [piece.heightPx, m.pxPerMm, ratio, m.palette.paper].join('|');
    if (!paper || key !== paperKey) {
      paper = createPaperSheet(piece.widthPx, piece.heightPx, m.pxPerMm * ratio, m.palette);
      paperKey = key;
    }
    const { context } = piece;
    const frame: FrameGeometry = {
      context,
      ratio,
      leftS: piece.leftPx / pxPerS,
      rightS: (piece.leftPx + piece.widthPx) / pxPerS,
      x: (timeS) => timeS * pxPerS - piece.leftPx,
      lanes: m.lanes,
      widthPx: piece.widthPx,
      heightPx: piece.heightPx,
    };
    paper.paint(context, piece.leftPx);
    m.under(frame);
    let whole = true;
    context.strokeStyle = m.palette.trace;
    context.lineWidth = PEN_PX * ratio;
    // Round joins of a wide pen cost twice as much and cannot be told from these.
    context.lineJoin = 'bevel';
    for (const lane of m.lanes) {
      const scale = m.laneScale(lane);
      context.beginPath();
      for (const { startS, endS } of columnSpans(lane.column, frame.leftS, frame.rightS)) {
        const found = m.tiles(lane.lead.index, startS, endS);
        whole &&= found.whole;
        const map = {
          originS: frame.leftS,
          leftS: startS,
          rightS: endS,
          pxPerS,
          zeroPx: (lane.baselinePx + scale.zero * scale.pxPerUnit) * ratio,
          pxPerUnit: scale.pxPerUnit * ratio,
        };
        const pen: Pen = { down: false };
        for (const tile of found.tiles) traceTile(context, tile, map, pen);
      }
      context.stroke();
    }
    paintColumns(frame, m.palette);
    m.over(frame);
    paintBeyond(frame, m);
    return whole;
  }

  const sheets = createSheets({ paint: paintPiece, whenIdle, again });

  function copyPaper(u: uPlot): void {
    const m = model();
    const ratio = uPlot.pxRatio;
    const width = u.ctx.canvas.width;
    const height = Math.round(u.bbox.height);
    const pxPerS = m.pxPerS * ratio;
    const leftS = u.scales.x?.min ?? 0;
    const leftPx = Math.round(leftS * pxPerS);
    const upToDate = sheets.copy(u.ctx, leftPx, width, height);
    u.ctx.clearRect(0, height, width, u.ctx.canvas.height - height);
    m.fixed({
      context: u.ctx,
      ratio,
      leftS,
      rightS: u.scales.x?.max ?? 0,
      x: (timeS) => timeS * pxPerS - leftPx,
      lanes: m.lanes,
      widthPx: width,
      heightPx: height,
    });
    m.shown(leftS, u.scales.x?.max ?? 0, upToDate);
  }

  const plot = new uPlot(
    {
      width: size.widthPx,
      height: size.heightPx + AXIS_PX,
      padding: [0, 0, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      scales: {
        x: { time: false, auto: false, min: 0, max: 1 },
        y: { auto: false, range: [0, 1] },
      },
      series: [{}],
      axes: [
        {
          size: AXIS_PX,
          gap: 4,
          font: "11px 'Inter', sans-serif",
          stroke: () => model().palette.muted,
          grid: { show: false },
          ticks: { show: true, size: 5, width: 1, stroke: () => model().palette.edge },
          splits: (_u, _axis, min, max) =>
            axisTimes(min, max, model().axisStepS, model().pxPerS, {
              offsetS: model().axisOffsetS,
              durationS: model().durationS,
            }),
          values: (_u, splits) => splits.map((t) => model().axisLabel(t)),
        },
        { show: false, scale: 'y' },
      ],
      hooks: { drawClear: [copyPaper] },
    },
    [[0, 1]] as unknown as uPlot.AlignedData,
    host,
  );

  return {
    show: (leftS, rightS) => plot.setScale('x', { min: leftS, max: rightS }),
    invalidate: () => sheets.invalidate(),
    refresh: () => sheets.refresh(),
    complete: () => sheets.complete(),
    resize: (widthPx, heightPx) => plot.setSize({ width: widthPx, height: heightPx + AXIS_PX }),
    destroy: () => plot.destroy(),
  };
}
