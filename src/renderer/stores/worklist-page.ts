import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { RecordingEntry } from '../../shared/domain';
import { inGroups, isReadSecond, type WorklistColumn } from '../panels/worklist/worklist-groups';
import { useSettings } from './settings';
import { useWorklist } from './worklist';

/** How the worklist stands: kept while a recording is read, so that coming back finds it as it was left. */
export const useWorklistPage = defineStore('worklist-page', () => {
  const settings = useSettings();
  const worklist = useWorklist();

  const column = ref<WorklistColumn>('urgency');
  const descending = ref(true);
  const find = ref('');
  const mineOnly = ref(false);
  const secondOnly = ref(false);
  const scrollTopPx = ref(0);
  /** The row that has the keyboard. */
  const chosenId = ref<string | null>(null);

  /** Whoever decides first, or reads second, is told nothing of what was found or decided. */
  const blind = computed(() => settings.values.blindFirst || settings.values.secondReader);
  /** The reader is in the middle of a second read of a recording: its figures are those of the first. */
  const readsSecond = ({ figures }: RecordingEntry): boolean =>
    (figures?.secondReads ?? []).some(
      ({ reader, finishedAtMs }) => reader === settings.values.readerName && finishedAtMs === null,
    );
  const view = computed(() => ({
    column: column.value,
    descending: descending.value,
    find: find.value,
    reader: mineOnly.value ? settings.values.readerName : null,
    secondRead: secondOnly.value,
    blind: blind.value,
  }));
  const groups = computed(() => inGroups(worklist.entries, view.value));
  const shown = computed(() => groups.value.flatMap(({ entries }) => entries));
  const mine = computed(
    () =>
      worklist.entries.filter(({ figures }) => figures?.reader === settings.values.readerName)
        .length,
  );
  /** Recordings of which a second read is open. */
  const second = computed(() => worklist.entries.filter(isReadSecond).length);

  /** Puts the table in an order, most first. */
  function orderBy(wanted: WorklistColumn): void {
    column.value = wanted;
    descending.value = wanted !== 'name';
  }
  /** Sorts by a column, most first; once more turns it around. */
  function sortBy(wanted: WorklistColumn): void {
    if (column.value === wanted) descending.value = !descending.value;
    else orderBy(wanted);
  }

  /** Moves the keyboard's row, or to the next urgent one. */
  function step(by: 1 | -1): string | null {
    const at = shown.value.findIndex(({ recordingId }) => recordingId === chosenId.value);
    const next = shown.value[Math.min(shown.value.length - 1, Math.max(0, at + by))];
    return (chosenId.value = next?.recordingId ?? null);
  }
  function nextUrgent(): string | null {
    const urgent = groups.value.find(({ group }) => group === 'urgent')?.entries ?? [];
    const at = urgent.findIndex(({ recordingId }) => recordingId === chosenId.value);
    const next = urgent[(at + 1) % Math.max(1, urgent.length)];
    return (chosenId.value = next?.recordingId ?? chosenId.value);
  }

  return {
    column,
    descending,
    find,
    mineOnly,
    secondOnly,
    scrollTopPx,
    chosenId,
    blind,
    readsSecond,
    groups,
    shown,
    mine,
    second,
    orderBy,
    sortBy,
    step,
    nextUrgent,
  };
});
