import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_PX_PER_MM } from '../traces/calibration';
import { provideTransport, type Transport } from '../transport';
import { useSettings } from './settings';

/** CSS px times zoom: what a ruler held against the screen measures. */
let onScreen: { screen: { width: number; height: number }; devicePixelRatio: number };
let zoomTo: (factor: number) => void;
let pointerComesIn: () => void;

beforeEach(() => {
  onScreen = { screen: { width: 1920, height: 1080 }, devicePixelRatio: 2 };
  vi.stubGlobal('window', Object.assign(onScreen, { addEventListener: () => undefined }));
  vi.stubGlobal('document', {
    documentElement: {
      addEventListener: (_name: string, listener: () => void) => (pointerComesIn = listener),
    },
  });
  provideTransport({
    call: async () => ({ ok: true, value: {} }),
    onHost: (_event: string, listener: (payload: { factor: number }) => void) => {
      zoomTo = (factor) => {
        onScreen.devicePixelRatio = 2 * factor;
        listener({ factor });
      };
      return () => undefined;
    },
  } as unknown as Transport);
  setActivePinia(createPinia());
  useSettings().followDisplay();
});

describe('a millimetre', () => {
  it.each([0.8, 1.1, 1.25, 2])('stays one at %s times the size, calibrated or not', (factor) => {
    const settings = useSettings();
    zoomTo(factor);
    expect(settings.pxPerMm * factor).toBeCloseTo(DEFAULT_PX_PER_MM, 9);
    zoomTo(1);
    settings.calibrate(4.2);
    zoomTo(factor);
    expect(settings.calibrated).toBe(true);
    expect(settings.pxPerMm * factor).toBeCloseTo(4.2, 9);
  });

  it('that was measured while zoomed holds at every size', () => {
    const settings = useSettings();
    zoomTo(1.25);
    settings.calibrate(4);
    expect(settings.pxPerMm).toBeCloseTo(4, 9);
    zoomTo(1);
    expect(settings.pxPerMm).toBeCloseTo(5, 9);
  });

  it('is another display’s own once the window is there', () => {
    const settings = useSettings();
    settings.calibrate(4.2);
    onScreen.screen = { width: 1280, height: 1024 };
    onScreen.devicePixelRatio = 1;
    pointerComesIn();
    expect(settings.calibrated).toBe(false);
    expect(settings.pxPerMm).toBe(DEFAULT_PX_PER_MM);
  });
});
