import { onBeforeUnmount } from 'vue';
import { useView } from '../stores/view';

/** Time constant of the glide towards the target: long enough to follow by eye, short enough not to wait. */
const GLIDE_MS = 55;

/** Smooth scrolling of the paper: one animation frame loop that runs only while something moves. */
export function useScroller() {
  const view = useView();
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  let targetS: number | null = null;
  let frame = 0;
  let lastMs = 0;

  function step(nowMs: number): void {
    frame = 0;
    if (targetS === null) return;
    const dtMs = Math.min(50, nowMs - lastMs);
    lastMs = nowMs;
    const gapS = targetS - view.leftS;
    if (Math.abs(gapS * view.scale.pxPerS) < 0.5) {
      view.scrollTo(targetS);
      targetS = null;
      return;
    }
    view.scrollTo(view.leftS + gapS * (1 - Math.exp(-dtMs / GLIDE_MS)));
    frame = requestAnimationFrame(step);
  }

  /** Glides by `seconds` from where the last glide was going. */
  function by(seconds: number): void {
    const from = targetS ?? view.leftS;
    to(from + seconds);
  }

  function to(seconds: number): void {
    const clamped = Math.min(view.maxLeftS, Math.max(0, seconds));
    if (still.matches) {
      targetS = null;
      view.scrollTo(clamped);
      return;
    }
    targetS = clamped;
    if (frame === 0) {
      lastMs = performance.now();
      frame = requestAnimationFrame(step);
    }
  }

  /** Ends a glide where it stands, for a drag or a jump. */
  function stop(): void {
    targetS = null;
  }

  onBeforeUnmount(() => cancelAnimationFrame(frame));
  return { by, to, stop };
}
export type Scroller = ReturnType<typeof useScroller>;
