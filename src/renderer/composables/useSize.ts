import { onBeforeUnmount, onMounted, type Ref } from 'vue';

/** Tells the size of an element's content, in CSS pixels, once it is shown and whenever it changes. */
export function useSize(
  element: Readonly<Ref<Element | null>>,
  changed: (widthPx: number, heightPx: number) => void,
): void {
  let observer: ResizeObserver | null = null;
  onMounted(() => {
    observer = new ResizeObserver(([entry]) => {
      if (entry) changed(entry.contentRect.width, entry.contentRect.height);
    });
    if (element.value) observer.observe(element.value);
  });
  onBeforeUnmount(() => observer?.disconnect());
}
