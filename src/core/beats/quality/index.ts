export { connectedSeconds } from './connected';
export { fibrillatingWaves, WAVES_S } from './fibrillating-waves';
export { restlessGaps, type HeardLead } from './restless-gaps';
export { assessLead, QUALITY, signalQuality, type SecondsOfLead } from './signal-quality';
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
