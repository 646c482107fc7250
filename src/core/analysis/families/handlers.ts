import { METHODS, type Emit, type Handlers } from '../../../shared/contract';
import { ok, type Result } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import {
  beatIndices,
  familiesOf,
  shapesInUv,
  shapesTask,
  timesOfFamilies,
  type Families,
  type FamiliesInput,
} from '../../beats/families';
import { BEAT_WINDOW } from '../../beats/features';
import type { Findings } from '../../findings/findings';
import type { Asked, Readings, RecordingReading, ReviewedAnalysis } from '../../review/readings';
import type { Pool } from '../../workers/types';
import { familiesTask } from './families-task';
import type { Analyses } from '../handlers';
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
  return (program: FamiliesInput['program'], reading: RecordingReading): Promise<Families> => {
    const counted = reading.findings.beats;
    const done = last.get(counted);
    if (done) return done;
    const { timeS, beatClass, follows, handAt } = counted;
    const acts = reading.formActs.map(({ timesS, form }) => ({ timesS, form }));
    const input = { program, beats: { timeS, beatClass, follows, handAt }, acts };
    const families =
      timeS.length < LONG_BEATS
        ? Promise.resolve(familiesOf(input))
        : pool.run(familiesTask, input, { lane: METHODS['families.list'].lane });
    last.set(counted, families);
    families.catch(() => last.delete(counted));
    return families;
  };
}

/** Families of beats, and the shapes of their members. */
export function familyHandlers({
  pool,
  dataDir,
  emit,
  readings,
  reviewed,
  withFiles,
}: FamilyDependencies): Pick<Handlers, 'families.list' | 'families.preview' | 'families.shapes'> {
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
    return ok({ ...of.value, families: await familiesIn(of.value.program, reading.value) });
  }

  return {
    async 'families.list'({ analysisId, ...asked }, { signal }) {
      const listed = await list(analysisId, asked, signal);
      if (!listed.ok) return listed;
      const { families, ...columns } = listed.value.families;
      const { program, found } = listed.value;
      const { shapes } = program.forms;
      return ok({
        grid: {
          leads: [...found.leads],
          rateHz: BEAT_WINDOW.rateHz,
          samples: shapes.samples,
          before: BEAT_WINDOW.before,
        },
        families: [...families],
        ...columns,
      });
    },

    async 'families.preview'({ analysisId, of, beatClass, ...asked }, { signal }) {
      const listed = await list(analysisId, asked, signal);
      if (!listed.ok) return listed;
      const timesS = timesOfFamilies(listed.value.families, of);
      if (timesS.length === 0) return errSaid('not-found', 'failures.formsChanged');
      const edit = { kind: 'relabel-beats', timesS, beatClass, family: '' } as const;
      return readings.preview(analysisId, edit, readings.whose(analysisId, asked));
    },

    async 'families.shapes'({ analysisId, timesS }, { signal }) {
      const of = await known(analysisId, signal);
      if (!of.ok) return of;
      const { program, found } = of.value;
      const times = Float64Array.from(timesS);
      const order = [...times.keys()].sort((a, b) => times[a]! - times[b]!);
      const sorted = times.slice().sort();
      const indices = new Int32Array(times.length);
      beatIndices(program.timeS, sorted).forEach((beat, i) => (indices[order[i]!] = beat));
      const uv = shapesInUv(program.forms.shapes, indices);
      const missing = [...order].filter((i) => indices[i]! < 0);
      if (missing.length === 0) return ok({ uv });
      // Beats that a reader added have no shape yet.
      const read = await withFiles(analysisId, signal, (_opened, { path }) =>
        pool.run(
          shapesTask,
          {
            path,
            leads: found.leads.map(({ index }) => index),
            timeS: Float64Array.from(missing, (i) => times[i]!),
          },
          { lane: METHODS['families.shapes'].lane, signal },
        ),
      );
      if (!read.ok) return read;
      const size = read.value.leads * read.value.samples;
      const added = shapesInUv(read.value, [...missing.keys()]);
      missing.forEach((i, k) => uv.set(added.subarray(k * size, (k + 1) * size), i * size));
      return ok({ uv });
    },
  };
}
