export { connectedSeconds } from './connected';
export { restlessGaps, type HeardLead } from './restless-gaps';
export { assessLead, QUALITY, signalQuality } from './signal-quality';
export { bestOf, hasNoise, isDoubtful, isNoise, type StretchQuality } from './stretch-quality';
