import { METHODS, type Handlers } from '../../../shared/contract';
import { meantBeats, ok } from '../../../shared/domain';
import { errSaid } from '../../../shared/domain/said';
import { createChangedAnswers } from '../../base/changed-answers';
import { beatIndices, shapesInUv, shapesTask, timesOfFamilies } from '../../beats/families';
import { BEAT_WINDOW } from '../../beats/features';
import { createFamilyLists, type FamilyDependencies } from './family-lists';

type Names =
  | 'families.list'
  | 'families.listSince'
  | 'families.preview'
  | 'families.decide'
  | 'families.shapes';

/** Families of beats, and the shapes of their members. */
export function familyHandlers(
  dependencies: FamilyDependencies & { readonly decide: Handlers['review.decide'] },
): Pick<Handlers, Names> {
  const { pool, readings, withFiles, decide } = dependencies;
  const { known, list } = createFamilyLists(dependencies);
  const changedFamilies = createChangedAnswers();

  const listFor: Handlers['families.list'] = async ({ analysisId, ...asked }, { signal }) => {
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
  };

  return {
    'families.list': listFor,
    async 'families.listSince'({ knows, ...asked }, context) {
      const listed = await listFor(asked, context);
      return listed.ok ? ok(changedFamilies(listed.value, knows)) : listed;
    },

    async 'families.preview'({ analysisId, of, beatClass, ...asked }, { signal }) {
      const listed = await list(analysisId, asked, signal);
      if (!listed.ok) return listed;
      const timesS = timesOfFamilies(listed.value.families, of);
      if (timesS.length === 0) return errSaid('not-found', 'failures.formsChanged');
      const edit = { kind: 'relabel-beats', timesS, beatClass, family: '' } as const;
      return readings.preview(analysisId, edit, readings.whose(analysisId, asked));
    },

    async 'families.decide'({ analysisId, of, meant, act, family, ...by }, context) {
      const listed = await list(analysisId, { asker: by.reader }, context.signal);
      if (!listed.ok) return listed;
      const timesS = timesOfFamilies(listed.value.families, of);
      const now = meantBeats(timesS);
      const isMeant = now.beats === meant.beats && now.checksum === meant.checksum;
      if (!isMeant) return errSaid('conflict', 'failures.formsChanged');
      return decide({ analysisId, edit: { ...act, timesS, family }, ...by }, context);
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
