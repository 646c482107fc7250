import { watch } from 'vue';
import { useSight } from '../sight';
import { useView } from '../view';

/** Tests without a page: paper whose signal is drawn as soon as it is moved. */
export function drawAtOnce(): void {
  const sight = useSight();
  const view = useView();
  watch(
    () => [view.leftS, view.spanS] as const,
    ([leftS, spanS]) => (sight.drawn = { leftS, rightS: leftS + spanS }),
    { immediate: true, flush: 'sync' },
  );
}
