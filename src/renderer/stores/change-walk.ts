import { computed, ref, type Ref } from 'vue';
import type { NetworkComparison } from '../../shared/contract';
import { useSelection } from './selection';
import { useView } from './view';

/** The walk through the segments that another network flags and the one in use does not, or the other way round. */
export function createChangeWalk(comparison: Ref<NetworkComparison | null>) {
  const selection = useSelection();
  const view = useView();
  /** Place among the changed segments; null where they are not walked. */
  const place = ref<number | null>(null);
  const changed = computed(() => comparison.value?.changed ?? []);
  const current = computed(() => (place.value === null ? null : changed.value[place.value]));

  function show(at: number): void {
    const one = changed.value[at];
    if (!one) return;
    place.value = at;
    view.reveal(one.startS, one.endS);
    selection.takeAt((one.startS + one.endS) / 2);
  }

  return {
    place,
    changed,
    current,
    walking: computed(() => place.value !== null),
    beginWalk: () => show(0),
    walk: (by: 1 | -1) => show((place.value ?? 0) + by),
    leave(): void {
      place.value = null;
    },
  };
}
