import { computed, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';
import { useMediaQuery } from '../composables/useMediaQuery';
import { usePalette } from '../composables/usePalette';
import { BEAT_CLASSES, isEctopic } from '../domain';
import { heartRateTrend } from '../rhythm';
import { hopOf } from '../segments';
import { useAnalysis } from '../stores/analysis';
import { useRecording } from '../stores/recording';
import { useReview } from '../stores/review';
import { useSelection } from '../stores/selection';
import { useSettings } from '../stores/settings';
import { useView } from '../stores/view';
import { hatchPattern } from '../traces/hatch';
import { rowCount, rowLengthS, rowParts, squaresOf } from './overview-rows';
import { paintRows, paintSquares, paintTrend } from './paint-overview';

/** Room for the times at the left of the rows, CSS px. */
const LEFT = 58;
const GAP = 3;
const MIN_SQUARE_PX = 7;

/** Geometry and drawing of the whole recording: rows of verdicts, heart rate, and where the paper stands. */
export function useOverviewMap(
  host: Ref<HTMLElement | null>,
  canvas: Ref<HTMLCanvasElement | null>,
) {
  const analysis = useAnalysis();
  const recording = useRecording();
  const review = useReview();
  const selection = useSelection();
  const settings = useSettings();
  const view = useView();
  const { palette } = usePalette();
  const widthPx = ref(800);
  /** A low window gives its height to the traces. */
  const low = useMediaQuery('(height < 780px)');
  const ROW = computed(() => (low.value ? 9 : 13));
  const TREND = computed(() => (low.value ? 30 : 54));

  const rowS = computed(() => rowLengthS(recording.durationS, 6));
  const rows = computed(() => rowCount(recording.durationS, rowS.value));
  const innerPx = computed(() => Math.max(50, widthPx.value - LEFT - 24));
  const carpetPx = computed(() => rows.value * (ROW.value + GAP));
  const trendTop = computed(() => carpetPx.value + 12);
  const heightPx = computed(() => trendTop.value + TREND.value + 14);
  const hopS = computed(() => hopOf(analysis.segments));
  const perSquare = computed(() =>
    Math.max(1, Math.ceil((MIN_SQUARE_PX * rowS.value) / (hopS.value * innerPx.value))),
  );
  const squares = computed(() =>
    squaresOf(analysis.cells, rowS.value, perSquare.value, rows.value),
  );
  const trend = computed(() =>
    review.beats
      ? heartRateTrend(review.beats, recording.durationS, Math.floor(innerPx.value))
      : null,
  );
  const range = ref({ low: 40, high: 160 });

  let frame = 0;
  function invalidate(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }
  function draw(): void {
    frame = 0;
    const element = canvas.value;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = window.devicePixelRatio;
    element.width = Math.round(widthPx.value * ratio);
    element.height = Math.round(heightPx.value * ratio);
    const g = {
      leftPx: LEFT,
      widthPx: innerPx.value,
      rowHeightPx: ROW.value,
      rowGapPx: GAP,
      rowS: rowS.value,
    };
    paintRows(context, ratio, rows.value, recording.durationS, g, palette.value.normal);
    paintSquares(context, ratio, squares.value, g, palette.value, selection.isHidden, (i) =>
      review.decisionOf(i),
    );
    const pxPerS = innerPx.value / recording.durationS;
    const top = trendTop.value;
    context.fillStyle = palette.value.normal;
    for (const y of [top, top + TREND.value])
      context.fillRect(LEFT * ratio, Math.round(y * ratio), innerPx.value * ratio, ratio);
    if (trend.value)
      range.value = paintTrend(
        context,
        ratio,
        trend.value,
        LEFT,
        innerPx.value,
        top,
        TREND.value,
        palette.value,
      );
    // Ectopic beats and episodes would give verdicts away to a reader who decides first.
    if (!settings.values.blindFirst) {
      const hatch = hatchPattern(context, null, palette.value.alert, 5 * ratio);
      context.fillStyle = hatch ?? palette.value.alert;
      for (const e of analysis.episodes)
        context.fillRect(
          (LEFT + e.startS * pxPerS) * ratio,
          (top + TREND.value + 8) * ratio,
          Math.max(2, (e.endS - e.startS) * pxPerS) * ratio,
          5 * ratio,
        );
      const beats = review.beats;
      if (beats) {
        context.fillStyle = palette.value.alert;
        for (let i = 0; i < beats.timeS.length; i++)
          if (isEctopic(BEAT_CLASSES[beats.beatClass[i]!] ?? 'Q'))
            context.fillRect(
              Math.round((LEFT + beats.timeS[i]! * pxPerS) * ratio),
              (top + TREND.value + 2) * ratio,
              ratio,
              4 * ratio,
            );
      }
    }
  }

  const boxes = computed(() =>
    rowParts(
      view.leftS,
      Math.min(recording.durationS, view.leftS + view.spanS),
      rowS.value,
      rows.value,
    ).map((part) => ({
      transform: `translate(${LEFT + part.from * innerPx.value - 2}px, ${part.row * (ROW.value + GAP) - 2}px)`,
      width: `${Math.max(8, Math.round((part.to - part.from) * innerPx.value + 4))}px`,
      height: `${ROW.value + 4}px`,
    })),
  );
  const trendBox = computed(() => ({
    transform: `translate(${LEFT + (view.leftS / recording.durationS) * innerPx.value}px, ${trendTop.value - 4}px)`,
    width: `${Math.max(3, (view.spanS / recording.durationS) * innerPx.value)}px`,
    height: `${TREND.value + 8}px`,
  }));

  /** Time that a point of the map stands for. */
  function timeAt(event: PointerEvent): number {
    const box = host.value!.getBoundingClientRect();
    const across = Math.max(0, (event.clientX - box.left - LEFT) / innerPx.value);
    const fraction = Math.min(1, across);
    const y = event.clientY - box.top;
    if (y >= trendTop.value - 6) return fraction * recording.durationS;
    const row = Math.min(rows.value - 1, Math.max(0, Math.floor(y / (ROW.value + GAP))));
    return Math.min(
      recording.durationS,
      (row + (row === rows.value - 1 ? across : fraction)) * rowS.value,
    );
  }

  let observer: ResizeObserver | null = null;
  onMounted(() => {
    observer = new ResizeObserver(([entry]) => {
      if (entry) widthPx.value = Math.floor(entry.contentRect.width);
    });
    if (host.value) observer.observe(host.value);
    invalidate();
  });
  onBeforeUnmount(() => {
    observer?.disconnect();
    cancelAnimationFrame(frame);
  });
  watch(
    [
      squares,
      trend,
      palette,
      widthPx,
      heightPx,
      () => analysis.episodes,
      () => review.state,
      () => selection.current?.index,
      () => settings.values.blindFirst,
    ],
    invalidate,
  );

  /** Times beside the rows and the ends of the heart rate's axis, with the middle of each in CSS px. */
  const axis = computed(() => [
    ...Array.from({ length: rows.value }, (_, row) => ({
      timeS: row * rowS.value,
      bpm: null,
      y: row * (ROW.value + GAP) + ROW.value / 2,
    })),
    { timeS: null, bpm: range.value.high, y: trendTop.value },
    { timeS: null, bpm: range.value.low, y: trendTop.value + TREND.value },
  ]);
  const hopsPerSquare = computed(() => perSquare.value);

  return {
    widthPx,
    heightPx,
    trendTop,
    axis,
    boxes,
    trendBox,
    timeAt,
    hopsPerSquare,
    hopS,
    leftPx: LEFT,
  };
}
export type OverviewMap = ReturnType<typeof useOverviewMap>;
