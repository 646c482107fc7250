import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { RecordingEntry } from '../../shared/domain';
import {
  inGroups,
  isReadApart,
  isReadSecond,
  type WorklistColumn,
} from '../panels/worklist/worklist-groups';
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

  /** Whoever decides first, or reads second, is told by no group and no order what was found or decided. */
  const blind = computed(() => settings.values.blindFirst || settings.values.secondReader);
  /** The reader reads it second, and has not finished: its figures are those of others. */
  const isApart = (entry: RecordingEntry): boolean =>
    isReadApart(entry, settings.values.readerName, settings.values.secondReader);
  /** Why nothing of what was found in it is told, null where it is. */
  const hiddenBy = (entry: RecordingEntry): 'first' | 'second' | null => {
    if (isApart(entry)) return 'second';
    return settings.values.blindFirst ? 'first' : null;
  };
  /** What the page says of that as a whole. */
  const blindWord = computed(() =>
    settings.values.blindFirst ? 'worklist.blind' : 'worklist.blindSecond',
  );
  const view = computed(() => ({
    column: column.value,
    descending: descending.value,
    find: find.value,
    reader: mineOnly.value ? settings.values.readerName : null,
    secondRead: secondOnly.value,
    blind: blind.value,
    isApart,
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
  const hasUrgent = computed(() => groups.value.some(({ group }) => group === 'urgent'));
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
    blindWord,
    hiddenBy,
    hasUrgent,
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
