import { DEFAULT_FINDING_THRESHOLDS } from '../domain/finding-kinds';
import type { Settings } from './shapes';

// Apart from the schemas, so that the viewer's bundle has no need of the schema library for them.

export const SWEEP_SPEEDS_MM_PER_S = [12.5, 25, 50, 100, 200] as const;
export const GAINS_MM_PER_MV = [5, 10, 20] as const;

/** The hours of a clock on screen. */
export const CLOCK_HOURS = [24, 12] as const;

export const DEFAULT_SETTINGS: Settings = {
  readerName: '',
  language: 'system',
  theme: 'system',
  sweepSpeedMmPerS: 25,
  gainMmPerMv: 10,
  filter: 'model',
  twelveLeadFilter: '0.05-150',
  mainsHz: null,
  clockHours: 24,
  leadLayout: null,
  overlay: 'auto',
  blindFirst: false,
  secondReader: false,
  modelId: null,
  findings: DEFAULT_FINDING_THRESHOLDS,
  institution: '',
  logo: null,
  paper: 'A4',
  keys: {},
  pxPerMmByDisplay: {},
};
