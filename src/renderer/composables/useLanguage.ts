import { watchEffect } from 'vue';
import { useSettings } from '../stores/settings';
import { speak } from '../words';

/** Keeps what the page speaks in step with the settings and the system. */
export function useLanguage(): void {
  const settings = useSettings();
  watchEffect(() => speak(settings.values.language));
}
