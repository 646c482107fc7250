import { onBeforeUnmount, shallowRef, type Ref } from 'vue';

/** Whether a media query holds, kept up to date while the component lives. */
export function useMediaQuery(query: string): Readonly<Ref<boolean>> {
  const list = window.matchMedia(query);
  const holds = shallowRef(list.matches);
  const update = (): void => {
    holds.value = list.matches;
  };
  list.addEventListener('change', update);
  onBeforeUnmount(() => list.removeEventListener('change', update));
  return holds;
}
