import { onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from 'vue';
import type { Scroller } from '../composables/useScroller';
import { useCalipers } from '../stores/calipers';
import { useView } from '../stores/view';
import { unitName, type LaneScale } from './lane-scale';
import type { Lane } from './lanes';

export interface PaperReading {
  readonly lane: Lane;
  readonly timeS: number;
  readonly value: number;
  readonly scale: LaneScale;
}

/** How the paper is read: one lane under a point, and all leads at a time. */
export interface PaperReaders {
  read(xPx: number, yPx: number): PaperReading | null;
  readLeads(timeS: number): { lead: string; units: string; value: number }[];
}

/** The row of letters: a drag with Shift takes those between two times. */
export interface LetterRow {
  isAt(yPx: number): boolean;
  choose(fromS: number, toS: number): void;
}

/** A press that moves less than this is a click. */
const CLICK_PX = 4;
/** Wheels turn in notches of about 100 px, trackpads in many small steps that are smooth by themselves. */
const NOTCH_PX = 40;

/** Paper that has not moved for this long is at rest. */
const SETTLED_MS = 120;

/** Wheel, drag, click and crosshair on the paper; a drag draws the mark that was just begun. */
export function usePaperPointer(
  sheet: Ref<HTMLElement | null>,
  scroller: Scroller,
  { read, readLeads }: PaperReaders,
  onClick: (timeS: number, yPx: number) => void,
  letters: LetterRow,
) {
  const view = useView();
  const calipers = useCalipers();
  const dragging = ref(false);
  const at = shallowRef<{ xPx: number; yPx: number; reading: PaperReading } | null>(null);
  interface Press {
    readonly x: number;
    readonly y: number;
    readonly leftS: number;
    readonly fromS: number;
    readonly onLetters: boolean;
    moved: boolean;
  }
  let press: Press | null = null;

  /** Where the pointer rests on the paper. */
  let rest: { x: number; y: number } | null = null;
  let settled: ReturnType<typeof setTimeout> | undefined;

  // Paper that moves under a resting pointer makes its reading wrong: none is shown until it has come to rest.
  watch([() => view.leftS, () => view.scale], () => {
    if (!rest) return;
    at.value = null;
    view.cursor = null;
    clearTimeout(settled);
    settled = setTimeout(() => {
      if (rest) point(rest.x, rest.y);
    }, SETTLED_MS);
  });

  const local = (event: PointerEvent): { x: number; y: number } => {
    const box = sheet.value!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  function point(x: number, y: number): void {
    const reading = read(x, y);
    at.value = reading ? { xPx: x, yPx: y, reading } : null;
    view.cursor = reading
      ? {
          timeS: reading.timeS,
          leadIndex: reading.lane.lead.index,
          leads: readLeads(reading.timeS).map((one) => ({ ...one, units: unitName(one.units) })),
        }
      : null;
  }

  function down(event: PointerEvent): void {
    if (event.button !== 0) return;
    scroller.stop();
    const { x, y } = local(event);
    press = {
      x,
      y,
      leftS: view.leftS,
      onLetters: event.shiftKey && letters.isAt(y),
      moved: false,
      fromS: view.leftS + x / view.scale.pxPerS,
    };
    sheet.value!.setPointerCapture(event.pointerId);
  }

  function move(event: PointerEvent): void {
    const { x, y } = local(event);
    if (press) {
      press.moved ||= Math.hypot(x - press.x, y - press.y) >= CLICK_PX;
      if (press.moved && press.onLetters) {
        letters.choose(press.fromS, view.leftS + x / view.scale.pxPerS);
      } else if (press.moved && calipers.isNew) {
        const toS = view.leftS + x / view.scale.pxPerS;
        const lead = read(press.x, press.y)?.lane.lead.index ?? null;
        calipers.draw(press.fromS, toS, lead, !event.altKey);
      } else if (press.moved) {
        dragging.value = true;
        view.scrollTo(press.leftS - (x - press.x) / view.scale.pxPerS);
      }
    }
    rest = { x, y };
    point(x, y);
  }

  function up(): void {
    if (press && !press.moved) onClick(press.fromS, press.y);
    else if (press && calipers.isNew) void calipers.keep();
    press = null;
    dragging.value = false;
  }

  function leave(): void {
    rest = null;
    clearTimeout(settled);
    at.value = null;
    view.cursor = null;
  }

  function wheel(event: WheelEvent): void {
    if (event.ctrlKey) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 24 : event.deltaMode === 2 ? view.widthPx : 1;
    const across = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const px = (across ? event.deltaX : event.deltaY) * unit;
    if (Math.abs(px) < NOTCH_PX) {
      scroller.stop();
      view.scrollTo(view.leftS + px / view.scale.pxPerS);
    } else scroller.by(px / view.scale.pxPerS);
  }

  const listeners: [string, (event: never) => void][] = [
    ['pointerdown', down],
    ['pointermove', move],
    ['pointerup', up],
    ['pointercancel', up],
    ['pointerleave', leave],
  ];
  onMounted(() => {
    for (const [name, listener] of listeners)
      sheet.value?.addEventListener(name, listener as EventListener);
    sheet.value?.addEventListener('wheel', wheel, { passive: false });
  });
  onBeforeUnmount(() => {
    clearTimeout(settled);
    sheet.value?.removeEventListener('wheel', wheel);
  });

  return { dragging, at };
}
export type PaperPointer = ReturnType<typeof usePaperPointer>;
