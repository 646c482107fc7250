import { LRUCache } from 'lru-cache';
import { ok, type BeatColumns, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { formsTask } from '../../beats/families';
import type { Pool } from '../../workers/types';
import { beatLeads } from '../beat-model/beat-leads';
import type { Analyses } from '../analyses';
import type { FormFiles, LeadForms } from './form-files';

/** Leads that beats are compared in, at most: what the eye can compare too. */
const MOST_LEADS = 2;
/** Recordings whose forms stay in memory. */
const KEPT = 3;

/** The beats of an analysis. */
type FormBeats = Pick<BeatColumns, 'timeS' | 'beatClass'>;

export interface KnownForms {
  /**
   * The forms of a finished analysis: what is kept, or found now. One search for all who ask; it ends when the last of
   * them is gone.
   */
  of(analysisId: string, beats: FormBeats, signal: AbortSignal): Promise<Result<LeadForms>>;
}

interface Search {
  readonly answer: Promise<Result<LeadForms>>;
  readonly stop: AbortController;
  waiting: number;
}

/** @param told how much of a search is done, 0 to 1 */
export function createKnownForms(
  { pool, withFiles, files }: { pool: Pool; withFiles: Analyses['withFiles']; files: FormFiles },
  told: (analysisId: string, done: number) => void,
): KnownForms {
  const known = new LRUCache<string, LeadForms>({ max: KEPT });
  const searches = new Map<string, Search>();

  async function find(
    analysisId: string,
    beats: FormBeats,
    signal: AbortSignal,
  ): Promise<Result<LeadForms>> {
    const { timeS, beatClass } = beats;
    const kept = await files.read(analysisId, timeS.length);
    if (kept) return ok(kept);
    const found = await withFiles<LeadForms>(analysisId, signal, async (recording, source) => {
      const chosen = beatLeads(recording, MOST_LEADS, source.lead);
      if (!chosen.ok) return chosen;
      const leads = chosen.value.map(({ index, name }) => ({ index, name }));
      const forms = await pool.run(
        formsTask,
        { path: source.path, leads: leads.map(({ index }) => index), timeS, beatClass },
        { signal, onProgress: (done) => told(analysisId, done) },
      );
      return forms.ok ? ok({ leads, forms: forms.value }) : forms;
    });
    if (found.ok) await files.write(analysisId, found.value);
    return found;
  }

  function begin(analysisId: string, beats: FormBeats): Search {
    const stop = new AbortController();
    const answer = find(analysisId, beats, stop.signal).then((found) => {
      if (found.ok) known.set(analysisId, found.value);
      return found;
    });
    const search = { answer, stop, waiting: 0 };
    searches.set(analysisId, search);
    const end = (): void => {
      if (searches.get(analysisId) === search) searches.delete(analysisId);
    };
    answer.then(end, end);
    return search;
  }

  return {
    async of(analysisId, beats, signal) {
      const kept = known.get(analysisId);
      if (kept) return ok(kept);
      if (signal.aborted) return cancelled();
      const search = searches.get(analysisId) ?? begin(analysisId, beats);
      search.waiting++;
      const gone = new Promise<Result<never>>((resolve) => {
        const leave = (): void => {
          if (--search.waiting === 0) {
            search.stop.abort();
            // Whoever asks again begins anew, and does not get the answer of a search that was given up.
            searches.delete(analysisId);
          }
          resolve(cancelled());
        };
        signal.addEventListener('abort', leave, { once: true });
        const forget = (): void => signal.removeEventListener('abort', leave);
        search.answer.then(forget, forget);
      });
      return Promise.race([search.answer, gone]);
    },
  };
}

function cancelled(): Result<never> {
  return errSaid('cancelled', 'failures.formsNotWanted');
}
