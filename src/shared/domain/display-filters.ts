/** A band-pass by its edges and the order of its Butterworth prototype. */
export interface Band {
  readonly lowHz: number;
  readonly highHz: number;
  readonly order: number;
}

/**
 * What a trace can be seen through, on paper, screen and PDF. The first-order edges of `0.05-150` are those of
 * diagnostic recorders (AHA/ACC/HRS 2007, Kligfield et al., Circulation 115:1306, sections on low- and high-frequency
 * filtering); `0.5-40` is a monitor's band; `model` is what the networks read.
 */
export const DISPLAY_BANDS = {
  raw: { caption: 'as recorded', short: 'Raw', band: null },
  '0.05-150': {
    caption: '0.05–150 Hz',
    short: '0.05–150 Hz',
    band: { lowHz: 0.05, highHz: 150, order: 1 },
  },
  '0.5-40': {
    caption: '0.5–40 Hz',
    short: '0.5–40 Hz',
    band: { lowHz: 0.5, highHz: 40, order: 2 },
  },
  model: { caption: '0.5–50 Hz', short: '0.5–50 Hz', band: { lowHz: 0.5, highHz: 50, order: 5 } },
} as const satisfies Record<
  string,
  { readonly caption: string; readonly short: string; readonly band: Band | null }
>;

export type DisplayBandId = keyof typeof DISPLAY_BANDS;
/** A band, with a notch at the mains frequency or without. */
export type DisplayFilterId = DisplayBandId | `${DisplayBandId}+50` | `${DisplayBandId}+60`;
export type NotchHz = 50 | 60;

export const DISPLAY_BAND_IDS = Object.keys(DISPLAY_BANDS) as DisplayBandId[];
export const DISPLAY_FILTER_IDS = DISPLAY_BAND_IDS.flatMap((band): DisplayFilterId[] => [
  band,
  `${band}+50`,
  `${band}+60`,
]);

export interface DisplayFilter {
  readonly bandId: DisplayBandId;
  readonly band: Band | null;
  readonly notchHz: NotchHz | null;
  /** How the filter is named beside a trace: `0.5–40 Hz, notch 50 Hz`. */
  readonly caption: string;
}

export function displayFilter(id: DisplayFilterId): DisplayFilter {
  const [bandId, notch] = id.split('+') as [DisplayBandId, '50' | '60' | undefined];
  const { band, caption } = DISPLAY_BANDS[bandId];
  const notchHz = notch === undefined ? null : (Number(notch) as NotchHz);
  return {
    bandId,
    band,
    notchHz,
    caption: notchHz === null ? caption : `${caption}, notch ${notchHz} Hz`,
  };
}

/** A band with the notch of the mains, in place of one that the filter may name itself; as it is without mains. */
export function withMains(id: DisplayFilterId, mainsHz: NotchHz | null): DisplayFilterId {
  return mainsHz === null ? id : displayFilterId(displayFilter(id).bandId, mainsHz);
}

/** The filter of a band and a notch. */
export function displayFilterId(bandId: DisplayBandId, notchHz: NotchHz | null): DisplayFilterId {
  return notchHz === null ? bandId : `${bandId}+${notchHz}`;
}
