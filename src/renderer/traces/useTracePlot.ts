import { computed, onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from 'vue';
import type { Failure } from '../../shared/domain';
import { useClock } from '../composables/useClock';
import { usePalette } from '../composables/usePalette';
import { useRecording } from '../stores/recording';
import { useLeadLayout } from '../stores/lead-layout';
import { useSettings } from '../stores/settings';
import { useSight } from '../stores/sight';
import { useView } from '../stores/view';
import { useTransport } from '../transport';
import { laneAt, layoutLanes, type Lane } from './lanes';
import { isInColumn } from '../../shared/domain/lead-layout';
import { reachOf, scaleLane, type LaneScale } from './lane-scale';
import { paintLabels } from './paint-labels';
import { createTileCache, type TileCache } from './tile-cache';
import { tileLevel, tilesBetween, valueAt, type TileTrace } from './tile-grid';
import { axisStepS } from './time-axis';
import { useHeadRows } from './useHeadRows';
import { createTracePlot, type PlotModel, type TracePlot } from './trace-plot';
import type { FrameGeometry } from './frame-geometry';

/** Things painted besides the traces: on the paper under and over them, or on the glass above. */
export interface PaperPainter {
  under?(frame: FrameGeometry): void;
  over?(frame: FrameGeometry): void;
  fixed?(frame: FrameGeometry): void;
}

/** Two columns per px keep every sample of a few leads; with many leads one column per px is enough. */
const densityFor = (leads: number): number => (leads <= 4 ? 2 : 1);

/** A tile that takes longer than this is announced. */
const READING_AFTER_MS = 250;

/** Joins the stores, the tile cache and the plot. `paneHeightPx` is the height that is free for the paper. */
export function useTracePlot(
  host: Ref<HTMLElement | null>,
  paneHeightPx: Ref<number>,
  painters: readonly PaperPainter[],
) {
  const recording = useRecording();
  const leadLayout = useLeadLayout();
  const settings = useSettings();
  const sight = useSight();
  const view = useView();
  const { palette } = usePalette();
  const clock = useClock();
  const failure = shallowRef<Failure | null>(null);
  /** Part of what is on the screen has been read for a while and is not there yet. */
  const reading = shallowRef(false);
  let readingTimer: ReturnType<typeof setTimeout> | undefined;

  let cache: TileCache | null = null;
  let plot: TracePlot | null = null;
  let frame = 0;
  let lastLeftS = 0;
  const firstTiles = new Map<string, TileTrace>();
  /** Changes when a first tile has come; tiles themselves stay out of reactive state. */
  const firstVersion = ref(0);

  const rows = useHeadRows();
  const layout = computed(() =>
    layoutLanes({
      rows: leadLayout.rows,
      paneHeightPx: paneHeightPx.value,
      pxPerMm: settings.pxPerMm,
      gainFactorOf: (lead) => recording.leadGain[lead] ?? 1,
      reachOf: (index) => {
        void firstVersion.value;
        const lead = recording.info?.leads[index];
        const first = firstTiles.get(`${index}|${leadLayout.filter}`);
        const gain = recording.leadGain[index] ?? 1;
        return lead?.isEcg ? reachOf(lead.units, first, view.scale.pxPerMv * gain) : null;
      },
      headPx: rows.value.heightPx,
    }),
  );
  const level = computed(() =>
    tileLevel(view.scale.pxPerS, densityFor(recording.leads.length) * window.devicePixelRatio),
  );

  function tilesOf(
    lead: number,
    startS: number,
    endS: number,
  ): { tiles: TileTrace[]; whole: boolean } {
    const tiles: TileTrace[] = [];
    let whole = true;
    const range = tilesBetween(level.value, startS, endS, recording.durationS);
    for (let tile = range.first; tile <= range.last; tile++) {
      const trace = cache?.get(lead, leadLayout.filter, level.value, tile);
      if (trace) tiles.push(trace);
      else if (!cache?.isLost(lead, leadLayout.filter, level.value, tile)) whole = false;
    }
    return { tiles, whole };
  }

  /** Scales by lead and filter. The first tile decides, and scrolling does not change it. */
  const scales = new Map<string, LaneScale>();
  function laneScale(lane: Lane): LaneScale {
    const key = [
      lane.lead.index,
      leadLayout.filter,
      lane.heightPx,
      lane.gainFactor,
      lane.invertedAs,
      view.scale.pxPerMv,
    ].join('|');
    const known = scales.get(key);
    if (known) return known;
    const firstKey = `${lane.lead.index}|${leadLayout.filter}`;
    const first =
      firstTiles.get(firstKey) ??
      tilesOf(lane.lead.index, view.leftS, view.leftS + view.spanS).tiles[0];
    const scale = scaleLane(lane, view.scale.pxPerMv, first);
    if (first) {
      if (!firstTiles.has(firstKey)) {
        firstTiles.set(firstKey, first);
        // The lanes follow once all of this frame is painted.
        void Promise.resolve().then(() => firstVersion.value++);
      }
      scales.set(key, scale);
    }
    return scale;
  }

  function model(): PlotModel {
    const step = axisStepS(view.scale.pxPerS);
    return {
      lanes: layout.value.lanes,
      palette: palette.value,
      pxPerMm: settings.pxPerMm,
      pxPerS: view.scale.pxPerS,
      durationS: recording.durationS,
      tiles: tilesOf,
      laneScale,
      shown(leftS, rightS, upToDate) {
        const hasAll = recording.leads.every(({ index }) => tilesOf(index, leftS, rightS).whole);
        sight.drawn = upToDate && hasAll && recording.traceShown ? { leftS, rightS } : null;
      },
      axisStepS: step,
      axisLabel: (t) => clock.at(t, step < 1 ? 1 : 0),
      axisOffsetS: clock.start.value.secondsS ?? 0,
      under(frame) {
        for (const painter of painters) painter.under?.(frame);
      },
      over(frame) {
        for (const painter of painters) painter.over?.(frame);
      },
      fixed(frame) {
        for (const painter of painters) painter.fixed?.(frame);
        paintLabels(frame.context, frame.ratio, frame.lanes, palette.value, laneScale);
      },
    };
  }

  function draw(): void {
    frame = 0;
    if (!cache || !host.value || recording.leads.length === 0) return;
    plot ??= createTracePlot(
      host.value,
      { widthPx: view.widthPx, heightPx: layout.value.heightPx },
      model,
      schedule,
    );
    const moved = view.leftS - lastLeftS;
    lastLeftS = view.leftS;
    const whole = cache.want({
      leads: recording.leads.map((lead) => lead.index),
      filter: leadLayout.filter,
      level: level.value,
      startS: view.leftS,
      endS: Math.min(view.leftS + view.spanS, recording.durationS),
      direction: moved > 0 ? 1 : moved < 0 ? -1 : 0,
    });
    showReading(!whole);
    plot.show(view.leftS, view.leftS + view.spanS);
  }

  /** Empty paper is never left without a word, but a word that only flashes would disturb. */
  function showReading(waiting: boolean): void {
    if (!waiting) {
      clearTimeout(readingTimer);
      readingTimer = undefined;
      reading.value = false;
    } else if (!reading.value)
      readingTimer ??= setTimeout(() => (reading.value = true), READING_AFTER_MS);
  }

  /** Asks for one draw before the next frame, however often it is called. */
  function schedule(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  /** What lies on the paper has changed (beats, overlays), not its scale. */
  function refresh(): void {
    plot?.refresh();
    schedule();
  }

  /** Scale, leads or colours have changed, not only where the paper stands. */
  function invalidate(): void {
    plot?.invalidate();
    schedule();
  }

  /** The next frame makes the plot: with what stands around it, it would be twice as long a task. */
  function rebuild(): void {
    sight.drawn = null;
    plot?.destroy();
    plot = null;
    schedule();
  }

  watch(
    () => recording.info,
    (info) => {
      cache?.clear();
      cache = null;
      firstTiles.clear();
      scales.clear();
      sight.drawn = null;
      failure.value = null;
      showReading(false);
      if (!info) return;
      cache = createTileCache({
        call: useTransport().call,
        recordingId: info.recordingId,
        durationS: info.durationS,
        onArrival: () => {
          recording.traceShown = true;
          plot?.complete();
          schedule();
        },
        onFailure: (error) => {
          failure.value = error;
          recording.traceShown = true;
          plot?.complete();
          schedule();
        },
      });
      rebuild();
    },
    { immediate: true },
  );
  watch([() => layout.value.heightPx, () => view.widthPx], () => {
    plot?.resize(view.widthPx, layout.value.heightPx);
    invalidate();
  });
  watch(() => view.leftS, schedule, { flush: 'sync' });
  watch([layout, level, palette, () => view.scale, () => leadLayout.filter], invalidate, {
    flush: 'sync',
  });
  onMounted(rebuild);
  onBeforeUnmount(() => {
    cancelAnimationFrame(frame);
    clearTimeout(readingTimer);
    sight.drawn = null;
    plot?.destroy();
    cache?.clear();
  });

  /** What is drawn under a point of the paper, CSS px. */
  function read(xPx: number, yPx: number) {
    const timeS = view.leftS + xPx / view.scale.pxPerS;
    const lane = laneAt(layout.value.lanes, yPx, timeS);
    if (!lane) return null;
    const tile = tilesOf(lane.lead.index, timeS, timeS + 1e-6).tiles.find(
      (t) => timeS >= t.t0S && timeS < t.t0S + t.stepS * t.values.length,
    );
    return { lane, timeS, value: tile ? valueAt(tile, timeS) : NaN, scale: laneScale(lane) };
  }

  /** Every lead that is shown at a time. */
  function readLeads(timeS: number) {
    const shown = layout.value.lanes.filter(({ column }) => isInColumn(column, timeS));
    const leads = [...new Set(shown.map(({ lead }) => lead))];
    return leads.map((lead) => {
      const tile = tilesOf(lead.index, timeS, timeS + 1e-6).tiles.find(
        (t) => timeS >= t.t0S && timeS < t.t0S + t.stepS * t.values.length,
      );
      return { lead: lead.name, units: lead.units, value: tile ? valueAt(tile, timeS) : NaN };
    });
  }

  return { layout, rows, failure, reading, refresh, read, readLeads, laneScale };
}
