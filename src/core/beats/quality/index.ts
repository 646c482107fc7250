export { connectedSeconds } from './connected';
export { restlessGaps, type HeardLead } from './restless-gaps';
export { assessLead, QUALITY, signalQuality, type SecondsOfLead } from './signal-quality';
export {
  amongLeads,
  bestOf,
  hasNoise,
  isDoubtful,
  isNoise,
  type StretchQuality,
} from './stretch-quality';
