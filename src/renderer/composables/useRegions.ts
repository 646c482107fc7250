import { onBeforeUnmount, onMounted } from 'vue';

/** What of a region takes the focus. */
export const FOCUSABLE =
  '[tabindex="0"], button:not([tabindex="-1"]):not(:disabled), textarea, input, select';

/** F6 goes from region to region, Shift F6 back; each region is marked with `data-region`. */
export function useRegions(): void {
  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'F6' || document.querySelector('dialog[open]')) return;
    const regions = [...document.querySelectorAll<HTMLElement>('[data-region]:not([inert])')];
    const at = regions.findIndex((region) => region.contains(document.activeElement));
    const by = event.shiftKey ? -1 : 1;
    for (let i = 1; i <= regions.length; i++) {
      const region = regions[(at + by * i + 2 * regions.length) % regions.length];
      const target = region?.matches('[tabindex="0"]')
        ? region
        : region?.querySelector<HTMLElement>(FOCUSABLE);
      if (!target) continue;
      target.focus();
      event.preventDefault();
      return;
    }
  }
  onMounted(() => window.addEventListener('keydown', onKey));
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey));
}
