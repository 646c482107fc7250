import { METHODS, type Emit } from '../../../shared/contract';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { familiesOf, type Families, type FamiliesInput } from '../../beats/families';
import type { Findings } from '../../findings/findings';
import type { Asked, Readings, RecordingReading, ReviewedAnalysis } from '../../review/readings';
import type { Pool } from '../../workers/types';
import type { Analyses } from '../analyses';
import { familiesTask } from './families-task';
import { createFormFiles, type LeadForms } from './form-files';
import { createKnownForms } from './known-forms';

export interface FamilyDependencies {
  readonly pool: Pool;
  readonly dataDir: string;
  readonly emit: Emit;
  readonly readings: Readings;
  /** Null when there is no such analysis. */
  reviewed(analysisId: string): ReviewedAnalysis | null;
  readonly withFiles: Analyses['withFiles'];
}

/** From here on grouping the beats anew, and judging them again, would hold up the engine. */
const LONG_BEATS = 5000;

interface Known {
  readonly program: FamiliesInput['program'];
  readonly found: LeadForms;
}

/** Families of the last readings asked for: a page that is opened again asks for the same. */
function createFamiliesIn(pool: Pool) {
  const last = new WeakMap<Findings['beats'], Promise<Families>>();
  return (
    analysisId: string,
    program: FamiliesInput['program'],
    reading: RecordingReading,
  ): Promise<Families> => {
    const counted = reading.findings.beats;
    const done = last.get(counted);
    if (done) return done;
    const { timeS, beatClass, follows, handAt } = counted;
    const acts = reading.formActs.map(({ timesS, form }) => ({ timesS, form }));
    const input = { program, beats: { timeS, beatClass, follows, handAt }, acts };
    const families =
      timeS.length < LONG_BEATS
        ? Promise.resolve(familiesOf(input))
        : pool.run(
            familiesTask,
            { key: analysisId, ...input },
            { lane: METHODS['families.list'].lane },
          );
    last.set(counted, families);
    families.catch(() => last.delete(counted));
    return families;
  };
}

/** The forms that the program found, and the families that a reader's beats are in, as they are asked for. */
export function createFamilyLists({
  pool,
  dataDir,
  emit,
  readings,
  reviewed,
  withFiles,
}: FamilyDependencies) {
  const files = createFormFiles(dataDir);
  const forms = createKnownForms({ pool, withFiles, files }, (analysisId, done) =>
    emit('families.progress', { analysisId, done }),
  );

  async function known(analysisId: string, signal: AbortSignal): Promise<Result<Known>> {
    const analysis = reviewed(analysisId);
    if (!analysis) {
      return errSaid('not-found', 'failures.noSuchAnalysis');
    }
    if (!analysis.isDone) {
      return errSaid('conflict', 'failures.formsNotYet');
    }
    const { beats } = analysis.result;
    const found = await forms.of(analysisId, beats, signal);
    if (!found.ok) return found;
    return ok({
      program: {
        timeS: beats.timeS,
        forms: found.value.forms,
        confidence: beats.confidence,
      },
      found: found.value,
    });
  }

  const familiesIn = createFamiliesIn(pool);

  async function list(
    analysisId: string,
    asked: Asked,
    signal: AbortSignal,
  ): Promise<Result<Known & { readonly families: Families }>> {
    const of = await known(analysisId, signal);
    if (!of.ok) return of;
    const reading = await readings.of(analysisId, readings.whose(analysisId, asked));
    if (!reading.ok) return reading;
    return ok({
      ...of.value,
      families: await familiesIn(analysisId, of.value.program, reading.value),
    });
  }

  return { known, list };
}
