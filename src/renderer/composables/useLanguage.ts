import { watchEffect } from 'vue';
import { useSettings } from '../stores/settings';
import { speak } from '../words';
import { tellTimeBy } from '../words/format';

/** Keeps what the page speaks, and the clock that it tells time by, in step with the settings and the system. */
export function useLanguage(): void {
  const settings = useSettings();
  watchEffect(() => speak(settings.values.language));
  watchEffect(() => tellTimeBy(settings.values.clockHours));
}
