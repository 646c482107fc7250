import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { leadSignal } from '../../src/core/recordings/lead-signal';
import { segmentGrid, segmentStartS, unreadableReason } from '../../src/core/dsp';
import { openRecording } from '../../src/core/formats/list';
import { sharedData } from './shared-data';

describe.skipIf(!sharedData)('unreadable segments of real recordings', () => {
  it('are few, and all where an electrode moved', { timeout: 120_000 }, async () => {
    let segments = 0;
    const found: string[] = [];
    for (const database of ['mitdb', 'svdb']) {
      const dir = path.join(sharedData!, database);
      for (const header of readdirSync(dir).filter((f) => f.endsWith('.hea'))) {
        const record = await openRecording(path.join(dir, header));
        if (!record.ok) throw new Error(record.error.message);
        for (let i = 0; i < record.value.leads.length; i++) {
          const lead = leadSignal(record.value, i);
          if (!lead.ok) throw new Error(lead.error.message);
          const { rateHz, length, read, name } = lead.value;
          const samples = await read(0, length);
          if (!samples.ok) throw new Error(samples.error.message);
          const grid = segmentGrid(length / rateHz, 10, 5, 'plain');
          segments += grid.count;
          for (let k = 0; k < grid.count; k++) {
            const start = Math.round(segmentStartS(grid, k) * rateHz);
            const raw = samples.value.subarray(start, start + 10 * rateHz);
            const reason = unreadableReason(raw, rateHz, 10 * rateHz);
            if (reason) found.push(`${record.value.name} ${name} ${k} ${reason}`);
          }
        }
        await record.value.close();
      }
    }
    expect(segments).toBe(46_722);
    expect(found).toEqual([
      '116 MLII 199 clipped',
      '116 MLII 200 clipped',
      '859 ECG1 190 clipped',
      '859 ECG1 191 clipped',
      '859 ECG2 172 clipped',
      '859 ECG2 173 clipped',
    ]);
  });
});
