import { shallowRef } from 'vue';
import { readPalette, type Palette } from '../traces/paper';

const palette = shallowRef<Palette>(readPalette(document.documentElement));

/** Colours for canvases, as the theme's custom properties say them now. */
export function usePalette() {
  /** Reads them again after the theme has changed. */
  function refresh(): void {
    palette.value = readPalette(document.documentElement);
  }
  return { palette, refresh };
}
