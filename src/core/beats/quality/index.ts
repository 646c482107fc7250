export { connectedSeconds } from './connected';
export { fibrillatingWaves } from './fibrillating-waves';
export { restlessGaps, type HeardLead } from './restless-gaps';
export { assessLead, QUALITY, signalQuality, type SecondsOfLead } from './signal-quality';
export { COMPLEXES, slowComplexes } from './slow-complexes';
export {
  amongLeads,
  bestOf,
  hasNoise,
  isOffIn,
  isDisturbed,
  isDoubtful,
  isNoise,
  type StretchQuality,
} from './stretch-quality';
export { WINDOW_S } from './three-seconds';
