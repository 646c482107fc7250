import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Settings } from '../../shared/contract';
import { DEFAULT_SETTINGS } from '../../shared/contract/settings-defaults';
import { DEFAULT_PX_PER_MM, displayKey } from '../traces/calibration';
import type { Result } from '../../shared/domain';
import { useTransport } from '../transport';

/** Preferences of this reader, kept by the service. A change shows at once and is then written. */
export const useSettings = defineStore('settings', () => {
  /** The defaults until the service has answered. */
  const values = ref<Settings>(DEFAULT_SETTINGS);
  /** What the window shows the page at, times its size. */
  const zoom = ref(1);
  const display = ref(displayKey(window.screen, window.devicePixelRatio));

  async function load(): Promise<void> {
    const result = await useTransport().call('settings.get', {});
    if (result.ok) values.value = result.value;
  }

  /** As `set`, for what follows from it: answers once the service has it. */
  async function keep(change: Partial<Settings>): Promise<void> {
    values.value = { ...values.value, ...change };
    await useTransport().call('settings.set', change);
  }

  function set(change: Partial<Settings>): void {
    void keep(change);
  }

  /** Saves the settings that go to another machine as a file. @returns the name it was saved under; empty for not saved */
  async function exportFile(): Promise<Result<string>> {
    const made = await useTransport().call('settings.export', {});
    if (!made.ok) return made;
    const kept = await useTransport().save(made.value);
    if (!kept.ok) return kept;
    return { ok: true, value: kept.value.saved ? made.value.suggestedName : '' };
  }

  /** Takes over settings that were exported elsewhere, all of them or none. */
  async function importFile(file: File): Promise<Result<unknown>> {
    const taken = { name: file.name, json: await file.text() };
    const result = await useTransport().call('settings.import', taken);
    if (result.ok) values.value = result.value;
    return result;
  }

  /** CSS px per mm on the display that shows the window; fewer, each larger, where the page is zoomed. */
  const pxPerMm = computed(
    () => (values.value.pxPerMmByDisplay[display.value] ?? DEFAULT_PX_PER_MM) / zoom.value,
  );
  const calibrated = computed(() => display.value in values.value.pxPerMmByDisplay);

  function calibrate(px: number): void {
    const unzoomed = px * zoom.value;
    set({ pxPerMmByDisplay: { ...values.value.pxPerMmByDisplay, [display.value]: unzoomed } });
  }

  /** The window may be on another display now, or show the page at another size. */
  function displayChanged(factor = zoom.value): void {
    zoom.value = factor;
    display.value = displayKey(window.screen, window.devicePixelRatio / factor);
  }

  /** A window that is moved to another display tells its page nothing; but the pointer comes in afterwards. */
  function followDisplay(): void {
    useTransport().onHost('host.zoom', ({ factor }) => displayChanged(factor));
    window.addEventListener('resize', () => displayChanged());
    document.documentElement.addEventListener('mouseenter', () => displayChanged());
  }

  return {
    values,
    load,
    set,
    keep,
    exportFile,
    importFile,
    pxPerMm,
    calibrated,
    calibrate,
    displayChanged,
    followDisplay,
  };
});
