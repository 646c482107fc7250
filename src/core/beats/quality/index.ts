export { connectedSeconds } from './connected';
export { QUALITY, signalQuality } from './signal-quality';
export { bestOf, hasNoise, isNoise, type StretchQuality } from './stretch-quality';
