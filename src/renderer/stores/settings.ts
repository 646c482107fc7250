import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Settings } from '../../shared/contract';
import { DEFAULT_SETTINGS } from '../../shared/contract/settings-defaults';
import { DEFAULT_PX_PER_MM, displayKey } from '../traces/calibration';
import { useTransport } from '../transport';

/** Preferences of this reader, kept by the service. A change shows at once and is then written. */
export const useSettings = defineStore('settings', () => {
  /** The defaults until the service has answered. */
  const values = ref<Settings>(DEFAULT_SETTINGS);
  const display = ref(displayKey(window.screen, window.devicePixelRatio));

  async function load(): Promise<void> {
    const result = await useTransport().call('settings.get', {});
    if (result.ok) values.value = result.value;
  }

  function set(change: Partial<Settings>): void {
    values.value = { ...values.value, ...change };
    void useTransport().call('settings.set', change);
  }

  /** CSS px per mm on the display that shows the window. */
  const pxPerMm = computed(() => values.value.pxPerMmByDisplay[display.value] ?? DEFAULT_PX_PER_MM);
  const calibrated = computed(() => display.value in values.value.pxPerMmByDisplay);

  function calibrate(px: number): void {
    set({ pxPerMmByDisplay: { ...values.value.pxPerMmByDisplay, [display.value]: px } });
  }

  function displayChanged(): void {
    display.value = displayKey(window.screen, window.devicePixelRatio);
  }

  return { values, load, set, pxPerMm, calibrated, calibrate, displayChanged };
});
