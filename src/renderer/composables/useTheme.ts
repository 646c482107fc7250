import { onBeforeUnmount, watchEffect } from 'vue';
import { useSettings } from '../stores/settings';
import { usePalette } from './usePalette';

/** Keeps `data-theme` on the document in step with the settings and the system. */
export function useTheme(): void {
  const settings = useSettings();
  const { refresh } = usePalette();
  const dark = window.matchMedia('(prefers-color-scheme: dark)');

  function apply(): void {
    const wanted = settings.values.theme;
    const theme = wanted === 'system' ? (dark.matches ? 'dark' : 'light') : wanted;
    document.documentElement.dataset.theme = theme;
    refresh();
  }

  watchEffect(apply);
  dark.addEventListener('change', apply);
  onBeforeUnmount(() => dark.removeEventListener('change', apply));
}
