import type { DisplayFilterId } from '../../shared/domain';
import type { Transport } from '../transport';
import { valueAt, type TileTrace } from './tile-grid';

/** Stretches that are read at once, seconds, and how many are held. */
const CHUNK_S = 4;
const HELD = 24;
/** Columns asked for: more than half the samples up to 8 kHz, so that each comes as it is. */
const COLUMNS = 16_384;

/** The samples around the edges of marks, each as it is: what the paper draws is thinned. */
export interface CaliperSignal {
  /** Value in the lead's unit at a time; NaN where it is missing or not read yet: then `whenRead` reads it. */
  at(lead: number, timeS: number): number;
  /** Reads what lies around the times. */
  whenRead(lead: number, timesS: readonly number[]): Promise<void>;
}

export function createCaliperSignal(
  call: Transport['call'],
  of: { recordingId: string; durationS: number; filter: DisplayFilterId },
): CaliperSignal {
  const chunks = new Map<string, TileTrace | Promise<void>>();
  const keyOf = (lead: number, timeS: number): string => `${lead} ${Math.floor(timeS / CHUNK_S)}`;

  async function read(key: string, lead: number, timeS: number): Promise<void> {
    const startS = Math.floor(timeS / CHUNK_S) * CHUNK_S;
    const result = await call('traces.tile', {
      recordingId: of.recordingId,
      leads: [lead],
      startS,
      endS: Math.min(startS + CHUNK_S, of.durationS),
      widthPx: COLUMNS,
      filter: of.filter,
    });
    chunks.delete(key);
    const trace = result.ok ? result.value.leads[0] : undefined;
    if (!trace) return;
    chunks.set(key, trace);
    if (chunks.size > HELD) chunks.delete(chunks.keys().next().value!);
  }

  return {
    at(lead, timeS) {
      const chunk = chunks.get(keyOf(lead, timeS));
      return chunk && 'values' in chunk ? valueAt(chunk, timeS) : NaN;
    },
    async whenRead(lead, timesS) {
      await Promise.all(
        timesS
          .filter((timeS) => timeS >= 0 && timeS < of.durationS)
          .map(async (timeS) => {
            const key = keyOf(lead, timeS);
            const known = chunks.get(key);
            if (known) return known;
            const reading = read(key, lead, timeS);
            chunks.set(key, reading);
            return reading;
          }),
      );
    },
  };
}
