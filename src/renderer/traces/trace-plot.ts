import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Lane } from './lanes';
import { createPaperSheet, type Palette, type PaperSheet } from './paper';
import type { TileTrace } from './tile-grid';
import { traceTile, type Pen } from './trace-path';

/** Height of the time axis below the paper, CSS px. */
export const AXIS_PX = 36;

/** Half the width of an axis label; labels that would be cut by the edge of the paper are left out. */
const HALF_LABEL_PX = 27;

/** Everything a frame needs. Read afresh on every draw, so that a change costs no rebuild. */
export interface PlotModel {
  readonly lanes: readonly Lane[];
  readonly palette: Palette;
  readonly pxPerMm: number;
  readonly pxPerS: number;
  readonly pxPerMv: number;
  /** Tiles of a lead that lie on the paper, in time order. */
  tiles(lead: number): TileTrace[];
  /** CSS px per unit and the value drawn at the lane's zero line. */
  laneScale(lane: Lane): { pxPerUnit: number; zero: number };
  /** Seconds between labels of the time axis, and their text. */
  axisStepS: number;
  axisLabel(timeS: number): string;
  /** Drawn on the paper under and over the traces, in device px. */
  under(context: CanvasRenderingContext2D, ratio: number): void;
  over(context: CanvasRenderingContext2D, ratio: number): void;
}

export interface TracePlot {
  /** Moves the paper; drawn before the next frame. */
  show(leftS: number, rightS: number): void;
  /** Draws again with what the model says now. */
  redraw(): void;
  resize(widthPx: number, heightPx: number): void;
  destroy(): void;
}

/**
 * One uPlot for the whole sheet. uPlot keeps the scales, the axis and the redraw schedule; the series have no
 * data of their own but draw themselves from tiles, so that scrolling never rebuilds anything.
 */
export function createTracePlot(
  host: HTMLElement,
  size: { widthPx: number; heightPx: number },
  lanes: number,
  model: () => PlotModel,
): TracePlot {
  let sheet: PaperSheet | null = null;
  let sheetKey = '';

  function paintPaper(u: uPlot): void {
    const m = model();
    const ratio = uPlot.pxRatio;
    const width = u.ctx.canvas.width;
    const height = Math.round(u.bbox.height);
    const key = [width, height, m.pxPerMm, ratio, m.palette.paper].join('|');
    if (!sheet || key !== sheetKey) {
      sheet = createPaperSheet(width, height, m.pxPerMm * ratio, m.palette);
      sheetKey = key;
    }
    sheet.paint(u.ctx, (u.scales.x?.min ?? 0) * m.pxPerS * ratio);
    // The axis strip below stays clear.
    u.ctx.clearRect(0, height, width, u.ctx.canvas.height - height);
    m.under(u.ctx, ratio);
  }

  function lanePath(u: uPlot, seriesIndex: number): uPlot.Series.Paths | null {
    const m = model();
    const lane = m.lanes[seriesIndex - 1];
    if (!lane) return null;
    const ratio = uPlot.pxRatio;
    const scale = m.laneScale(lane);
    const stroke = new Path2D();
    const pen: Pen = { down: false };
    const map = {
      leftS: u.scales.x?.min ?? 0,
      rightS: u.scales.x?.max ?? 0,
      pxPerS: m.pxPerS * ratio,
      zeroPx: (lane.baselinePx + scale.zero * scale.pxPerUnit) * ratio,
      pxPerUnit: scale.pxPerUnit * ratio,
    };
    for (const tile of m.tiles(lane.lead.index)) traceTile(stroke, tile, map, pen);
    return { stroke, fill: null, clip: null, flags: 0 };
  }

  const series: uPlot.Series[] = [{}];
  const data: number[][] = [[0, 1]];
  for (let i = 0; i < lanes; i++) {
    series.push({
      scale: 'y',
      stroke: () => model().palette.trace,
      width: 1.15,
      points: { show: false },
      paths: lanePath,
    });
    data.push([0, 0]);
  }

  const plot = new uPlot(
    {
      width: size.widthPx,
      height: size.heightPx + AXIS_PX,
      padding: [0, 0, 0, 0],
      pxAlign: 0,
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      scales: {
        x: { time: false, auto: false, min: 0, max: 1 },
        y: { auto: false, range: [0, 1] },
      },
      series,
      axes: [
        {
          size: AXIS_PX,
          gap: 4,
          font: "11px 'Inter', sans-serif",
          stroke: () => model().palette.muted,
          grid: { show: false },
          ticks: { show: true, size: 5, width: 1, stroke: () => model().palette.edge },
          splits: (_u, _axis, min, max) => {
            const step = model().axisStepS;
            const splits: number[] = [];
            const edgeS = HALF_LABEL_PX / model().pxPerS;
            const first = Math.ceil((min + edgeS) / step - 1e-9);
            for (let i = first; i * step <= max - edgeS; i++) splits.push(i * step);
            return splits;
          },
          values: (_u, splits) => splits.map((t) => model().axisLabel(t)),
        },
        { show: false, scale: 'y' },
      ],
      hooks: {
        drawClear: [paintPaper],
        draw: [(u) => model().over(u.ctx, uPlot.pxRatio)],
      },
    },
    data as uPlot.AlignedData,
    host,
  );

  return {
    show: (leftS, rightS) => plot.setScale('x', { min: leftS, max: rightS }),
    redraw: () => plot.redraw(true),
    resize: (widthPx, heightPx) => plot.setSize({ width: widthPx, height: heightPx + AXIS_PX }),
    destroy: () => plot.destroy(),
  };
}
