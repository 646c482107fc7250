import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { byValue } from '../families/members';
import { useFamilies } from './families';
import { useFamilyActs } from './family-acts';

/** The beats of the family that is open, least alike first, and the one in hand. */
export const useOpenFamily = defineStore('open-family', () => {
  const families = useFamilies();
  const acts = useFamilyActs();
  /** Place of the beat in hand. */
  const at = ref(0);

  /** Indices into the members of all families. */
  const beats = computed<Uint32Array>(() => {
    const id = families.openId;
    const likeness = families.found?.members.likeness;
    if (id === null || !likeness) return new Uint32Array(0);
    return byValue(families.membersOf(id), likeness);
  });
  const timeS = computed(() => {
    const beat = beats.value[at.value];
    return beat === undefined ? null : families.found!.members.timeS[beat]!;
  });
  const likeness = computed(() => {
    const beat = beats.value[at.value];
    return beat === undefined ? null : families.found!.members.likeness[beat]!;
  });

  function step(by: number): void {
    at.value = Math.max(0, Math.min(beats.value.length - 1, at.value + by));
  }
  /** Takes the beat in hand out of its family, or puts it back. */
  function toggle(): void {
    if (families.openId !== null && timeS.value !== null)
      acts.toggleOut(families.openId, timeS.value);
  }
  /** Takes beats out from one place to another, or puts them back, as the first of them is. */
  function takeBetween(from: number, to: number): void {
    const id = families.openId;
    const times = families.found?.members.timeS;
    if (id === null || !times || beats.value.length === 0) return;
    const timeOf = (place: number): number => times[beats.value[place]!]!;
    const wanted = acts.outOf(id).has(timeOf(from));
    for (let place = Math.min(from, to); place <= Math.max(from, to); place++) {
      if (acts.outOf(id).has(timeOf(place)) !== wanted) acts.toggleOut(id, timeOf(place));
    }
  }
  watch(
    () => families.openId,
    () => (at.value = 0),
  );
  watch(beats, (list) => (at.value = Math.max(0, Math.min(at.value, list.length - 1))));

  return { at, beats, timeS, likeness, step, toggle, takeBetween };
});
