import { onScopeDispose, ref, watch, type Ref } from 'vue';

/**
 * A figure that changes with every frame of a scroll, at the pace at which it can be read: the first change at once, then
 * the newest one every `intervalMs`.
 */
export function useSlowly(figure: () => number, intervalMs = 150): Readonly<Ref<number>> {
  const shown = ref(figure());
  let timer: ReturnType<typeof setTimeout> | null = null;
  function show(): void {
    timer = null;
    if (shown.value === figure()) return;
    shown.value = figure();
    timer = setTimeout(show, intervalMs);
  }
  watch(figure, () => {
    if (timer === null) show();
  });
  onScopeDispose(() => {
    if (timer !== null) clearTimeout(timer);
  });
  return shown;
}
