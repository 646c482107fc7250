import { powerSaveBlocker } from 'electron';
import type { Client } from '../shared/contract';
import type { Words } from '../shared/words';

export interface WorkInFlight {
  /** What would be broken off now, as one sentence; null when nothing runs. */
  sentence(words: Words): string | null;
}

/** Follows scans and analyses by what the service says of them, and keeps the machine awake while it scans. */
export function followWork({ on }: Pick<Client, 'on'>): WorkInFlight {
  const scans = new Map<string, { done: number; total: number }>();
  const analyses = new Set<string>();
  let blocker: number | null = null;

  function stayAwake(): void {
    if (scans.size > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  }

  on('scan.progress', ({ scanId, state, done, total }) => {
    if (state === 'running') scans.set(scanId, { done, total });
    else scans.delete(scanId);
    stayAwake();
  });
  on('analysis.progress', ({ analysisId, state }) => {
    if (state === 'queued' || state === 'running') analyses.add(analysisId);
    else analyses.delete(analysisId);
  });
  // A scan ends with the engine; an analysis that the next engine takes up again says so itself.
  on('engine.state', ({ up }) => {
    if (up) return;
    scans.clear();
    analyses.clear();
    stayAwake();
  });

  return {
    sentence({ say }) {
      const [scan] = scans.values();
      if (scan) return say('window.scanRuns', scan);
      return analyses.size > 0 ? say('window.analysesRun', { n: analyses.size }) : null;
    },
  };
}
