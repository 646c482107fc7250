import { mountViewer } from '../mount';
import { createMockTransport } from './mock';

/** `mock.html?hours=24&leads=12&delay=200` tries the viewer on long, wide or slow recordings. */
const query = new URLSearchParams(location.search);
const leads = Number(query.get('leads') ?? 2);
const TWELVE = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const hours = query.get('hours');

mountViewer(
  createMockTransport({
    ...(hours ? { durationS: Number(hours) * 3600 } : {}),
    ...(leads > 2 ? { leads: TWELVE.slice(0, leads) } : {}),
    delayMs: Number(query.get('delay') ?? 4),
  }),
);
