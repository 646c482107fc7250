import { computed, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';
import type { Finding } from '../../../shared/domain';
import { clockMarks, isMidnight } from '../../../shared/domain/clock';
import { useClock } from '../../composables/useClock';
import { useMediaQuery } from '../../composables/useMediaQuery';
import { usePalette } from '../../composables/usePalette';
import { useSize } from '../../composables/useSize';
import { BEAT_CLASSES } from '../../analysis/beat-classes';
import { leftUnread } from '../../analysis/segments';
import { hueOf, isRun, type FindingKind } from '../../findings/kinds';
import { useAnalysis } from '../../stores/analysis';
import { useBlind } from '../../stores/blind';
import { useFindings } from '../../stores/findings';
import { useRecording } from '../../stores/recording';
import { hatchPattern } from '../../traces/hatch';
import { axisSteps, beatsInCells, cellsFor, trendInCells } from '../../../shared/domain/lane-cells';
import {
  paintCells,
  paintClockLines,
  paintLane,
  paintMarks,
  paintSpans,
  paintTrend,
  type LaneBox,
} from './paint-lanes';

const LANES = ['runs', 'v', 's', 'af', 'pauses', 'unread'] as const;
export type LaneName = (typeof LANES)[number];
const PAUSES: ReadonlySet<FindingKind> = new Set(['pause', 'asystole']);
/** Events this bad stand out of their lane. */
const TALL_RUN_BEATS = 4;
export const RATE_TICKS = [240, 200, 160, 120, 80, 40] as const;

/** Geometry and drawing of the whole recording: lanes on one clock axis with the rate below them. */
export function useWholeMap(host: Ref<HTMLElement | null>, canvas: Ref<HTMLCanvasElement | null>) {
  const analysis = useAnalysis();
  const clock = useClock();
  const findings = useFindings();
  const recording = useRecording();
  const blind = useBlind();
  const { palette } = usePalette();
  const widthPx = ref(600);
  /** A low window gives its height to the traces, and so do many leads. */
  const low = useMediaQuery('(height < 860px)');
  const isTight = computed(() => low.value || recording.leads.length > 3);
  const pitchPx = computed(() => (isTight.value ? 13 : 18));

  const lanes = computed<Readonly<Record<LaneName, LaneBox>>>(
    () =>
      Object.fromEntries(
        LANES.map((name, i) => [name, { topPx: i * pitchPx.value, heightPx: pitchPx.value - 3 }]),
      ) as Record<LaneName, LaneBox>,
  );
  const trendBox = computed<LaneBox>(() => ({
    topPx: LANES.length * pitchPx.value + 8,
    heightPx: isTight.value ? 52 : 136,
  }));
  const heightPx = computed(() => trendBox.value.topPx + trendBox.value.heightPx + 2);
  const cells = computed(() => cellsFor(recording.durationS));

  const held = computed(() =>
    blind.on ? [] : findings.all.filter(({ state }) => state !== 'rejected'),
  );
  const countsOf = (symbol: (typeof BEAT_CLASSES)[number]) => {
    const { beats } = findings;
    return beats && !blind.on
      ? beatsInCells(beats, BEAT_CLASSES.indexOf(symbol), cells.value.cellS, recording.durationS)
      : new Uint16Array();
  };
  const ventricular = computed(() => countsOf('V'));
  const supraventricular = computed(() => countsOf('S'));
  const trend = computed(() =>
    findings.found && !blind.on
      ? trendInCells(findings.found.trend, cells.value.cellS, recording.durationS)
      : [],
  );
  /** What nobody has looked at yet looks otherwise than where nothing was found. */
  const notYetRead = computed(() => {
    const isKnown = findings.found !== null || (blind.on && analysis.failure === null);
    return leftUnread(analysis, recording.durationS, isKnown);
  });
  const marks = computed(() => {
    const { lineS, labelS } = axisSteps(recording.durationS);
    return clockMarks(clock.start.value, 0, recording.durationS, lineS).map((timeS) => {
      const ofDayS = timeS + (clock.start.value.secondsS ?? 0);
      const phase = ofDayS % labelS;
      return {
        timeS,
        strong: isMidnight(clock.start.value, timeS),
        isLabelled: Math.min(phase, labelS - phase) < 0.5,
      };
    });
  });

  let frame = 0;
  function invalidate(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }
  function draw(): void {
    frame = 0;
    const element = canvas.value;
    const context = element?.getContext('2d');
    if (!element || !context || recording.durationS === 0) return;
    const ratio = window.devicePixelRatio;
    // A size that is set anew, even to what it was, takes new memory.
    const size = { width: widthPx.value * ratio, height: heightPx.value * ratio };
    for (const side of ['width', 'height'] as const)
      if (element[side] !== Math.round(size[side])) element[side] = Math.round(size[side]);
    context.clearRect(0, 0, element.width, element.height);
    const on = {
      context,
      ratio,
      widthPx: widthPx.value,
      durationS: recording.durationS,
      palette: palette.value,
    };
    const { hues } = palette.value;
    const at = lanes.value;
    for (const name of LANES) paintLane(on, at[name], notYetRead.value);
    paintClockLines(on, marks.value, 0, heightPx.value - 2);
    const events = held.value;
    const half = at.runs.heightPx / 2;
    const isTall = (event: Finding): boolean => event.beats >= TALL_RUN_BEATS;
    const ofHue = (hue: 'v' | 's'): Finding[] =>
      events.filter(({ kind }) => isRun(kind) && hueOf(kind) === hue);
    paintMarks(on, { topPx: at.runs.topPx, heightPx: half }, ofHue('v'), hues.v.fill, isTall);
    const lower = { topPx: at.runs.topPx + half, heightPx: half };
    paintMarks(on, lower, ofHue('s'), hues.s.fill, isTall);
    const { cellS, from } = cells.value;
    paintCells(on, at.v, ventricular.value, cellS, from, 'v');
    paintCells(on, at.s, supraventricular.value, cellS, from, 's');
    paintSpans(
      on,
      at.af,
      events.filter(({ kind }) => kind === 'af'),
      hues.af.fill,
    );
    const urgentS = findings.found?.thresholds.urgentPauseS ?? 3;
    paintMarks(
      on,
      at.pauses,
      events.filter(({ kind }) => PAUSES.has(kind)),
      hues.pause.fill,
      ({ durationS }) => durationS >= urgentS,
    );
    const unread = findings.found?.unreadable ?? [];
    const hatch = hatchPattern(context, hues.unread.soft, hues.unread.text, 4 * ratio);
    paintSpans(on, at.unread, unread, hatch ?? hues.unread.fill);
    paintTrend(on, trendBox.value, trend.value, cellS, RATE_TICKS);
  }

  const x = (timeS: number): number =>
    (timeS / Math.max(1e-9, recording.durationS)) * widthPx.value;
  function timeAt(event: PointerEvent): number {
    const bounds = host.value!.getBoundingClientRect();
    const share = (event.clientX - bounds.left) / Math.max(1, widthPx.value);
    return Math.min(1, Math.max(0, share)) * recording.durationS;
  }

  useSize(host, (width) => (widthPx.value = Math.max(50, Math.floor(width))));
  onMounted(invalidate);
  onBeforeUnmount(() => cancelAnimationFrame(frame));
  watch(
    [held, ventricular, supraventricular, trend, marks, palette, widthPx, heightPx, notYetRead],
    invalidate,
  );

  return { widthPx, heightPx, lanes, trendBox, cells, marks, held, isTight, x, timeAt, pitchPx };
}
