import { DEFAULT_FINDING_THRESHOLDS } from '../domain/finding-kinds';
import type { Settings } from './shapes';

// Apart from the schemas, so that the viewer's bundle has no need of the schema library for them.

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
