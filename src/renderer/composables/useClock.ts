import { computed } from 'vue';
import { clockStart, dayOf, hourAndMinute, timeOfDay } from '../../shared/domain/clock';
import { formatTime } from '../words/format';
import { useRecording } from '../stores/recording';
import { useSettings } from '../stores/settings';
import { pageWords, say, sayMarked } from '../words';

/** Times of the open recording as they are shown: of the day where its start is known, else since its start. */
export function useClock() {
  const recording = useRecording();
  const settings = useSettings();
  const start = computed(() =>
    clockStart(recording.info?.startClock ?? null, settings.values.clockHours, pageWords()),
  );
  return {
    start,
    isClock: computed(() => start.value.secondsS !== null),
    at: (timeS: number, decimals = 0) =>
      sayMarked(timeOfDay(start.value, timeS, recording.durationS, decimals)),
    hour: (timeS: number) => hourAndMinute(start.value, timeS, recording.durationS),
    /** Minutes and seconds of its hour. */
    inHour: (timeS: number) => formatTime(((start.value.secondsS ?? 0) + timeS) % 3600),
    day: (timeS: number, withYear = false) => dayOf(start.value, timeS, withYear, pageWords()),
    /** For a tooltip: where the clock is shown, how long since the start. */
    elapsed: (timeS: number) =>
      start.value.secondsS === null
        ? ''
        : say('record.afterStart', { time: formatTime(timeS, 0, true) }),
  };
}
