import { computed, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';
import { usePalette } from '../composables/usePalette';
import { useSize } from '../composables/useSize';
import { BEAT_CLASSES, hueOfBeat, lowerBound } from '../analysis/beat-classes';
import { useFindings } from '../stores/findings';
import { useRecording } from '../stores/recording';
import { useLeadLayout } from '../stores/lead-layout';
import { useBlind } from '../stores/blind';
import { useSettings } from '../stores/settings';
import { useView } from '../stores/view';
import { useTransport } from '../transport';
import { createTileCache, type TileCache } from './tile-cache';
import { tileLevel, tilesBetween } from './tile-grid';
import { traceTile, type Pen } from './trace-path';

/** Seconds of context. */
export const MINUTE_S = 60;
const TRACE_PX = 50;
/** The strip stands still while the paper stays within this part of it. */
const STILL = 0.12;

/** A minute around the paper: one lead, ticks under ectopic beats. It moves on when the paper nears its edge. */
export function useMinuteStrip(
  host: Ref<HTMLElement | null>,
  canvas: Ref<HTMLCanvasElement | null>,
) {
  const findings = useFindings();
  const recording = useRecording();
  const leadLayout = useLeadLayout();
  const blind = useBlind();
  const settings = useSettings();
  const view = useView();
  const { palette } = usePalette();
  const widthPx = ref(760);
  const startS = ref(0);
  const lead = computed(() => recording.leads.find(({ isEcg }) => isEcg) ?? recording.leads[0]);
  const spanS = computed(() => Math.min(MINUTE_S, Math.max(1, recording.durationS)));
  const pxPerS = computed(() => widthPx.value / spanS.value);
  const level = computed(() => tileLevel(pxPerS.value, window.devicePixelRatio));
  let cache: TileCache | null = null;

  function follow(): void {
    const middleS = view.leftS + view.spanS / 2;
    const share = (middleS - startS.value) / spanS.value;
    if (share > STILL && share < 1 - STILL && Math.abs(view.leftS - lastLeftS) < 2) {
      lastLeftS = view.leftS;
      return;
    }
    lastLeftS = view.leftS;
    const wanted = middleS - spanS.value / 2;
    startS.value = Math.min(Math.max(0, wanted), Math.max(0, recording.durationS - spanS.value));
  }
  let lastLeftS = -1e9;
  watch([() => view.leftS, () => view.spanS, spanS], follow, { immediate: true, flush: 'sync' });

  let frame = 0;
  function invalidate(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }
  /** Middle of what is drawn, and room for it, as the signal on the strip has it. */
  function fit(values: readonly Float32Array[]): { zero: number; perUnit: number } {
    const sorted: number[] = [];
    for (const part of values)
      for (let i = 0; i < part.length; i += 3) if (part[i] === part[i]) sorted.push(part[i]!);
    sorted.sort((a, b) => a - b);
    const at = (q: number): number => sorted[Math.floor(q * (sorted.length - 1))] ?? 0;
    const range = Math.max(at(0.998) - at(0.002), 1e-6);
    return { zero: (at(0.998) + at(0.002)) / 2, perUnit: (TRACE_PX - 8) / range };
  }
  function draw(): void {
    frame = 0;
    const element = canvas.value;
    const context = element?.getContext('2d');
    if (!element || !context || !cache || !lead.value) return;
    const ratio = window.devicePixelRatio;
    element.width = Math.round(widthPx.value * ratio);
    element.height = TRACE_PX * ratio;
    const endS = startS.value + spanS.value;
    cache.want({
      leads: [lead.value.index],
      filter: leadLayout.filter,
      level: level.value,
      startS: startS.value,
      endS,
      direction: 0,
    });
    const { first, last } = tilesBetween(level.value, startS.value, endS, recording.durationS);
    const tiles = [];
    for (let tile = first; tile <= last; tile++) {
      const trace = cache.get(lead.value.index, leadLayout.filter, level.value, tile);
      if (trace) tiles.push(trace);
    }
    paintTicks(context, ratio);
    if (tiles.length === 0) return;
    const { zero, perUnit } = fit(tiles.map(({ values }) => values));
    const map = {
      leftS: startS.value,
      rightS: endS,
      pxPerS: pxPerS.value * ratio,
      zeroPx: (TRACE_PX / 2 - 2 + zero * perUnit) * ratio,
      pxPerUnit: perUnit * ratio,
    };
    const pen: Pen = { down: false };
    context.strokeStyle = palette.value.trace;
    context.lineWidth = 0.9 * ratio;
    context.lineJoin = 'bevel';
    context.beginPath();
    for (const tile of tiles) traceTile(context, tile, map, pen);
    context.stroke();
  }
  function paintTicks(context: CanvasRenderingContext2D, ratio: number): void {
    const beats = findings.beats;
    if (!beats || blind.on) return;
    const last = lowerBound(beats.timeS, startS.value + spanS.value);
    for (let i = lowerBound(beats.timeS, startS.value); i < last; i++) {
      const hue = hueOfBeat(BEAT_CLASSES[beats.beatClass[i]!] ?? 'Q');
      if (hue === 'n') continue;
      context.fillStyle = palette.value.hues[hue].fill;
      const x = (beats.timeS[i]! - startS.value) * pxPerS.value;
      context.fillRect(Math.round(x * ratio) - ratio, (TRACE_PX - 8) * ratio, 2 * ratio, 8 * ratio);
    }
  }

  watch(
    () => recording.info,
    (info) => {
      cache?.clear();
      cache = info
        ? createTileCache({
            call: useTransport().call,
            recordingId: info.recordingId,
            durationS: info.durationS,
            onArrival: invalidate,
            // The paper says what cannot be read.
            onFailure: () => undefined,
          })
        : null;
      lastLeftS = -1e9;
      follow();
      invalidate();
    },
    { immediate: true },
  );
  watch(
    [
      startS,
      spanS,
      widthPx,
      palette,
      lead,
      () => settings.values,
      () => leadLayout.filter,
      () => findings.beats,
    ],
    invalidate,
  );
  useSize(host, (width) => (widthPx.value = Math.max(50, Math.floor(width))));
  onMounted(invalidate);
  onBeforeUnmount(() => {
    cancelAnimationFrame(frame);
    cache?.clear();
  });

  return { widthPx, heightPx: TRACE_PX, startS, spanS, pxPerS, lead };
}
